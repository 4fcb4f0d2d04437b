import { knownFloor } from './knownFloor';
import { PointRow, SeriesRow } from './PointRow';

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
  // Points that were written before theirs was kept have that of their series.
  const floor = point.noiseFloor ?? knownFloor(series, point);
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
