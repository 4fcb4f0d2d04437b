import {
  CheckedData,
  IntegrityFinding,
  PerformanceSeries,
} from '@modelport/plugin-modelport-common';

/** The newest word on performance. */
export interface PerformanceHealth {
  metric: string;
  kind: 'realised' | 'estimated';
  start: string;
  end: string;
  /** Null where nobody gave a threshold. */
  breach: boolean | null;
}

/**
 * The newest window of performance of which all labels are in: of its figures one in breach where there is one, realised
 * before estimated. Null where there is none.
 */
export function performanceHealth(
  performance: ReadonlyArray<PerformanceSeries>,
): PerformanceHealth | null {
  const last = performance.flatMap(({ metric, kind, points }) =>
    points
      .filter(
        ({ value, period, open }) =>
          value !== null && period === 'current' && !open,
      )
      .slice(-1)
      .map(({ start, end, breach }) => ({ metric, kind, start, end, breach })),
  );
  const newest = last.reduce(
    (most, { start }) => (start > most ? start : most),
    '',
  );
  const rank = ({ breach, kind }: PerformanceHealth) =>
    (breach ? 4 : 0) +
    (kind === 'realised' ? 2 : 0) +
    (breach === false ? 1 : 0);
  return (
    last
      .filter(({ start }) => start === newest)
      .sort((a, b) => rank(b) - rank(a))[0] ?? null
  );
}

/**
 * How many findings there are in the newest window that has any, or, where a newer one was checked and has none, how many
 * columns were: 0 where the tool does not say which. Null where nothing was ever found and nothing is known to have been
 * checked.
 */
export function dataHealth(
  integrity: ReadonlyArray<IntegrityFinding>,
  checked: ReadonlyArray<CheckedData>,
): { isFine: boolean; count: number; start: string; end: string } | null {
  const newest = [...integrity, ...checked].reduce<
    { start: string; end: string } | undefined
  >((most, one) => (most && most.start >= one.start ? most : one), undefined);
  if (!newest) {
    return null;
  }
  const { start, end } = newest;
  const found = integrity.filter(one => one.start === start).length;
  return found > 0
    ? { isFine: false, count: found, start, end }
    : {
        isFine: true,
        count: checked.filter(
          one => one.start === start && one.feature !== null,
        ).length,
        start,
        end,
      };
}
