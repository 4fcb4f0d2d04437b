import { OUTSIDE_CHECK } from '@modelport/plugin-modelport-common';
import { PointRow, SeriesRow } from '../PointRow';
import { AlertRule } from './alertsConfig';

const OUTSIDE = 'outsideShare';

/** Figures on the state of data: what is wrong with them is no drift, whichever rule asks for it, so that it starts nothing. */
const ON_DATA = new Set([
  'missingShare',
  'unseenShare',
  'wrongTypeShare',
  OUTSIDE,
]);

/** Whether a series is a figure on the state of data. */
export function isOnData({ kind, statistic }: SeriesRow): boolean {
  return kind === 'drift' && ON_DATA.has(statistic);
}

/** Whether a series is of findings that values lie outside of the reference's range. */
export function isOutsideFinding(series: SeriesRow): boolean {
  return series.kind === 'finding' && series.statistic === OUTSIDE_CHECK;
}

/**
 * What alerts are about: drift, which retraining is for, or wrong data, which must not train anything. Values that leave
 * the range of the reference are drift, until they are so many that the data must be others than the reference's.
 */
export class Matters {
  private readonly outside = new Map<string, number>();

  constructor(
    series: SeriesRow[],
    points: PointRow[],
    private readonly outsideIsDriftUpTo: number,
  ) {
    const shares = new Map(
      series
        .filter(one => isOnData(one) && one.statistic === OUTSIDE)
        .map(one => [one.id, one]),
    );
    for (const point of points) {
      const one = shares.get(point.seriesId);
      if (one && typeof point.value === 'number') {
        this.outside.set(keyOf(one, point), point.value);
      }
    }
  }

  /** The category of what a rule finds in a point. Who asks for it as one of data is given it as one of data. */
  of(
    rule: AlertRule,
    series: SeriesRow,
    point: PointRow,
  ): AlertRule['category'] {
    const isOutside =
      isOutsideFinding(series) ||
      (isOnData(series) && series.statistic === OUTSIDE);
    if (!isOutside) {
      return isOnData(series) ? 'data' : rule.category;
    }
    if (rule.category === 'data' && rule.statistic !== undefined) {
      return 'data';
    }
    const share = this.outside.get(keyOf(series, point));
    return share !== undefined && share <= this.outsideIsDriftUpTo
      ? 'drift'
      : 'data';
  }
}

function keyOf(series: SeriesRow, { start, end }: PointRow): string {
  return JSON.stringify([series.tool, series.feature, start, end]);
}
