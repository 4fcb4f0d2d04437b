import { DriftState } from '@modelport/plugin-modelport-common';
import { areInARow, withoutContaining } from './areInARow';
import { chanceBreaches } from './chanceBreaches';
import { isBreach, judgePoint } from './judgePoint';
import { PointRow, SeriesRow } from './PointRow';
import { WindowsInTime } from './WindowsInTime';

/**
 * The drift state of a version by its newest windows: `drifting` where a statistic was in breach in its two newest
 * windows, `warning` where it is in its newest only, `none` where none is, and `unknown` where there is no window. A
 * breach below the noise floor counts for nothing, nor does one that chance explains. Series that ended more than one
 * window before what else their tool says are left out, so are tools that stopped, and windows of the reference.
 */
export function driftState(
  series: SeriesRow[],
  points: PointRow[],
): DriftState {
  const current = points.filter(point => !point.isReference);
  if (current.length === 0) {
    return 'unknown';
  }
  const windows = new WindowsInTime(series, current);
  const bySeries = new Map(series.map(one => [one.id, one]));
  const pointsOf = new Map<number, PointRow[]>();
  for (const point of current) {
    const list = pointsOf.get(point.seriesId);
    if (list) {
      list.push(point);
    } else {
      pointsOf.set(point.seriesId, [point]);
    }
  }
  const chance = chanceBreaches(series, current);
  const breaches = (one: SeriesRow, point: PointRow) =>
    !chance.has(point) && isBreach(judgePoint(one, point));
  let state: DriftState = 'none';
  for (const [id, list] of pointsOf) {
    const one = bySeries.get(id);
    const [last, before] = withoutContaining(
      list.sort((a, b) => b.start - a.start || a.end - b.end),
    );
    if (one && windows.counts(one, [last]) && breaches(one, last)) {
      if (before && areInARow([last, before]) && breaches(one, before)) {
        return 'drifting';
      }
      state = 'warning';
    }
  }
  return state;
}
