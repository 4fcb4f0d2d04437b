import {
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

/** Findings in the newest window that has any; null where none ever had, since then nothing looks at the data. */
export function dataHealth(
  integrity: ReadonlyArray<IntegrityFinding>,
): { count: number; start: string; end: string } | null {
  if (integrity.length === 0) {
    return null;
  }
  const newest = integrity.reduce((a, b) => (b.start > a.start ? b : a));
  return {
    count: integrity.filter(({ start }) => start === newest.start).length,
    start: newest.start,
    end: newest.end,
  };
}
