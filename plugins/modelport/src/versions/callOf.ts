import {
  ComparedMeasurement,
  DifferenceOnRows,
  Direction,
} from '@modelport/plugin-modelport-common';

/**
 * What may be said of a version beside the baseline on a metric. `better` and `worse` only where the interval of their
 * difference on the same rows leaves out 0, whatever is recorded of what the figures were measured on; else why not.
 */
export type Call =
  | 'better'
  | 'worse'
  | 'equal'
  | 'open'
  | 'noInterval'
  | 'noDirection'
  | 'different'
  | 'unknown';

/**
 * Calls a version better or worse, or says why it isn't called.
 *
 * @param onRows - the difference on the rows that both scored, where those are known.
 */
export function callOf(
  value: Pick<ComparedMeasurement, 'comparability' | 'delta'>,
  direction: Direction | null,
  onRows: Pick<DifferenceOnRows, 'lower' | 'upper'> | undefined,
): Call {
  if (!onRows) {
    if (value.comparability !== 'same') {
      return value.comparability;
    }
    return value.delta === 0 ? 'equal' : 'noInterval';
  }
  if (onRows.lower <= 0 && onRows.upper >= 0) {
    return 'open';
  }
  if (direction === null) {
    return 'noDirection';
  }
  return onRows.lower > 0 === (direction === 'higher') ? 'better' : 'worse';
}
