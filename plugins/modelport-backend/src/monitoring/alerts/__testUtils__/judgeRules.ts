import { PointRow, SeriesRow } from '../../PointRow';
import { AlertRule, rulesSchema } from '../alertsConfig';
import { evaluateRules } from '../evaluateRules';

export const DAY = 86_400_000;
export const START = Date.UTC(2026, 9, 1);

let nextSeries = 0;

/** A series of drift unless something else is said. */
export function seriesOf(part: Partial<SeriesRow>): SeriesRow {
  nextSeries += 1;
  return {
    id: nextSeries,
    kind: 'drift',
    tool: 'own',
    toolVersion: null,
    feature: 'age',
    statistic: 'psi',
    variant: null,
    method: null,
    slice: null,
    labels: null,
    direction: 'above',
    bins: null,
    ...part,
  };
}

/** A point of a series on a day. */
export function pointOf(
  series: SeriesRow,
  day: number,
  value: number | null,
  part: Partial<PointRow> = {},
): PointRow {
  const threshold =
    part.threshold === undefined && series.kind === 'drift'
      ? 0.2
      : part.threshold ?? null;
  return {
    seriesId: series.id,
    start: START + day * DAY,
    end: START + (day + 1) * DAY,
    isReference: false,
    lower: null,
    upper: null,
    lowerThreshold: null,
    nReference: null,
    nCurrent: null,
    labelled: null,
    noiseFloor: null,
    detail: null,
    digest: 'd',
    breach:
      value === null || threshold === null
        ? series.kind === 'finding'
        : value > threshold,
    ...part,
    value,
    threshold,
  };
}

/** What rules find. */
export function judge(
  raw: object[],
  series: SeriesRow[],
  points: PointRow[],
  now = START + 60 * DAY,
) {
  const rules: AlertRule[] = rulesSchema.parse(raw);
  return evaluateRules({
    rules,
    series,
    points,
    importance: null,
    outsideIsDriftUpTo: 0.5,
    now,
  });
}

/** Drift in two windows in a row. */
export const DRIFT = { id: 'drift', category: 'drift', windows: 2 };
