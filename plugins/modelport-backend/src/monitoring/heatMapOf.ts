import {
  DriftHeatMap,
  DriftHeatMapRow,
} from '@modelport/plugin-modelport-common';
import { Importance } from './importanceOf';
import { judgePoint } from './judgePoint';
import { CellRow, SeriesRow } from './PointRow';

/** A p-value is at most this many times its threshold away. */
const MOST_RATIO = 10;

/**
 * Drift series by windows: the rows with the most drift × importance first. Drift is the newest value as a multiple of
 * its threshold (of a p-value: the threshold as a multiple of it), nothing below the noise floor. A feature without an
 * importance counts as the mean of the others.
 */
export function heatMapOf(
  series: SeriesRow[],
  points: CellRow[],
  importance: Importance | null,
): Omit<DriftHeatMap, 'truncated'> {
  const ends = new Map<number, Set<number>>();
  for (const { start, end } of points) {
    const known = ends.get(start);
    if (known) {
      known.add(end);
    } else {
      ends.set(start, new Set([end]));
    }
  }
  const windows = [...ends]
    .flatMap(([start, all]) => [...all].map(end => ({ start, end })))
    .sort((x, y) => x.start - y.start || x.end - y.end);
  const places = new Map<number, Map<number, number>>();
  windows.forEach(({ start, end }, place) => {
    const known = places.get(start) ?? new Map<number, number>();
    places.set(start, known.set(end, place));
  });
  const pointsOf = new Map<number, CellRow[]>();
  for (const point of points) {
    const list = pointsOf.get(point.seriesId);
    if (list) {
      list.push(point);
    } else {
      pointsOf.set(point.seriesId, [point]);
    }
  }
  const weights = Object.values(importance?.features ?? {});
  const usual =
    weights.reduce((sum, weight) => sum + weight, 0) / weights.length || 1;
  const rows = series.flatMap(one => {
    const of = pointsOf.get(one.id);
    if (!of) {
      return [];
    }
    const weight =
      one.feature === null ? null : importance?.features[one.feature] ?? null;
    return [
      {
        row: rowOf(one, of, {
          places: of.map(p => places.get(p.start)?.get(p.end) ?? 0),
          windows: windows.length,
          importance: weight,
        }),
        rank: (weight ?? usual) * driftOf(one, of[of.length - 1]),
      },
    ];
  });
  rows.sort((a, b) => b.rank - a.rank);
  return {
    windows: windows.map(({ start, end }) => ({
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
    })),
    rows: rows.map(({ row }) => row),
    importance: importance?.digest ?? null,
  };
}

function rowOf(
  series: SeriesRow,
  points: CellRow[],
  of: { places: number[]; windows: number; importance: number | null },
): DriftHeatMapRow {
  const values = new Array<number | null>(of.windows).fill(null);
  const states = new Array<string>(of.windows).fill('-');
  points.forEach((point, index) => {
    const place = of.places[index];
    values[place] = typeof point.value === 'number' ? point.value : null;
    states[place] = stateOf(series, point);
  });
  const { feature, statistic, tool, direction } = series;
  return {
    feature,
    statistic,
    tool,
    threshold: points.reduceRight<number | null>(
      (found, point) => found ?? point.threshold,
      null,
    ),
    direction,
    importance: of.importance,
    values,
    states: states.join(''),
  };
}

function stateOf(series: SeriesRow, point: CellRow): string {
  const { sayable, breach } = judgePoint(series, point);
  if (point.value === null) {
    return '-';
  }
  if (sayable === false) {
    return 'n';
  }
  if (breach === null) {
    return 'u';
  }
  return breach ? 'b' : 'o';
}

function driftOf(series: SeriesRow, point: CellRow): number {
  const { value, threshold } = point;
  if (
    typeof value !== 'number' ||
    threshold === null ||
    judgePoint(series, point).sayable === false
  ) {
    return 0;
  }
  return series.direction === 'below'
    ? Math.min(MOST_RATIO, value > 0 ? threshold / value : MOST_RATIO)
    : value / (threshold || 1);
}
