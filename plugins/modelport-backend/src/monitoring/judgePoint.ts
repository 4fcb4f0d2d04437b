import { noiseFloor, NoisyStatistic } from '@modelport/plugin-modelport-common';
import { PointRow, SeriesRow } from './PointRow';

/**
 * Statistics of tools whose noise floor follows from the sizes. Those that a tool computes in bins of its own need the
 * number of bins, which most files do not say; scaled and unscaled Wasserstein depend on the data, p-values have none.
 */
const FLOORS: Record<string, NoisyStatistic> = {
  psi: 'psi',
  PSI: 'psi',
  jensen_shannon: 'jensenShannonDistance',
  jensenShannonDistance: 'jensenShannonDistance',
  hellinger: 'hellinger',
  ks: 'ks',
  kolmogorov_smirnov: 'ks',
};

/** Whether something can be said of a point, and what. */
export interface PointJudgement {
  noiseFloor: number | null;
  /** Null where there is no floor. */
  sayable: boolean | null;
  breach: boolean | null;
}

/** Judges a point by what noise alone would give at its sizes. */
export function judgePoint(
  series: Pick<SeriesRow, 'statistic' | 'bins' | 'direction'>,
  point: Pick<
    PointRow,
    'value' | 'nReference' | 'nCurrent' | 'breach' | 'noiseFloor'
  >,
): PointJudgement {
  const statistic = FLOORS[series.statistic];
  const isDistance = series.direction === 'above';
  const known =
    statistic && isDistance
      ? noiseFloor(statistic, {
          n: point.nReference ?? 0,
          m: point.nCurrent ?? 0,
          bins: series.bins,
        })
      : null;
  const floor = point.noiseFloor ?? known;
  return {
    noiseFloor: floor,
    sayable:
      floor === null || typeof point.value !== 'number'
        ? null
        : point.value > floor,
    breach: point.breach,
  };
}

/** Whether a point is a breach that something can be said of. */
export function isBreach(judgement: PointJudgement): boolean {
  return judgement.breach === true && judgement.sayable !== false;
}
