import { MonitorDefinition } from '@modelport/plugin-modelport-common';
import { literal, Rows, source, TimeColumn } from './statements';
import { SCORE_BANDS } from './performanceCounts';

type Label = NonNullable<MonitorDefinition['label']>;

/** Groups that are read at once; where there are more, scores are counted in bands, and windows are read in parts. */
export const MOST_GROUPS = 50_000;
/** Values of a segment that are looked at one by one. */
export const MOST_SEGMENTS = 50;
/** Groups of one window: each label, and none, in each band of each segment. */
export const MOST_GROUPS_A_WINDOW = 4 * SCORE_BANDS * MOST_SEGMENTS;

/** Rows by window, segment, prediction and label: the performance of probabilities and of classes. */
export function groupsStatement(
  rows: Rows,
  label: Label,
  options: {
    segment: string | null;
    banded: boolean;
    /** Values of the segment; all unless given. */
    only?: Array<string | null>;
    most: number;
  },
): string {
  const { segment, banded, only, most } = options;
  const isScore = label.task === 'probability';
  const score = banded
    ? `(floor(least(try_cast(value AS DOUBLE), 0.999999) * ${SCORE_BANDS}) + 0.5) / ${SCORE_BANDS}`
    : 'try_cast(value AS DOUBLE)';
  const prediction = isScore ? score : text('value');
  const actual = isScore
    ? `CASE WHEN value2 IS NULL THEN NULL WHEN ${text('value2')} = ${literal(
        label.positive,
      )} THEN 1 ELSE 0 END`
    : text('value2');
  return `SELECT w, segment, prediction, label, count(*) AS n FROM (SELECT w, ${
    segment === null ? 'NULL' : text('value3')
  } AS segment, ${prediction} AS prediction, ${actual} AS label FROM (${from(
    rows,
    label,
    segment,
  )}) AS rows_in_windows) AS predictions WHERE prediction IS NOT NULL${
    isScore ? ' AND prediction >= 0 AND prediction <= 1' : ''
  }${
    only ? ` AND ${isOneOf('segment', only)}` : ''
  } GROUP BY w, segment, prediction, label LIMIT ${most + 1}`;
}

/** The values of a segment that most rows have. */
export function segmentsStatement(
  rows: Rows,
  label: Label,
  segment: string,
): string {
  return `SELECT segment, count(*) AS n FROM (SELECT ${text(
    'value3',
  )} AS segment FROM (${from(
    rows,
    label,
    segment,
  )}) AS rows_in_windows WHERE value IS NOT NULL) AS segments GROUP BY segment ORDER BY n DESC, segment LIMIT ${MOST_SEGMENTS}`;
}

/** Sums of errors by window and segment: the performance of values. */
export function errorsStatement(
  rows: Rows,
  label: Label,
  options: { segment: string | null },
): string {
  const { segment } = options;
  return `SELECT w, segment, count(*) AS n, count(label) AS labelled, sum(abs(prediction - label)) AS absolute, sum(power(prediction - label, 2)) AS squared, sum(power(prediction - label, 4)) AS fourth, sum(abs(label)) AS actual FROM (SELECT w, ${
    segment === null ? 'NULL' : text('value3')
  } AS segment, try_cast(value AS DOUBLE) AS prediction, try_cast(value2 AS DOUBLE) AS label FROM (${from(
    rows,
    label,
    segment,
  )}) AS rows_in_windows) AS predictions WHERE prediction IS NOT NULL GROUP BY w, segment ORDER BY n DESC LIMIT ${MOST_GROUPS}`;
}

/** Mean absolute step of the label from row to row in the order of time, which the rows say. */
export function naiveErrorStatement(
  rows: Rows & { time: TimeColumn },
  label: Label,
): string {
  const { dialect, time } = rows;
  const type = time.kind === 'moment' ? dialect.moment : dialect.wallTime;
  return `SELECT avg(abs(label - before)) AS naive FROM (SELECT label, lag(label) OVER (ORDER BY moment) AS before FROM (SELECT try_cast(value AS DOUBLE) AS label, try_cast(value2 AS ${type}) AS moment FROM (${source(
    rows,
    label.column,
    time.column,
  )}) AS rows_in_windows) AS labels WHERE label IS NOT NULL AND moment IS NOT NULL) AS steps`;
}

function from(rows: Rows, label: Label, segment: string | null): string {
  return source(
    rows,
    label.prediction,
    label.column,
    ...(segment === null ? [] : [segment]),
  );
}

function isOneOf(column: string, values: Array<string | null>): string {
  const listed = values.filter(value => value !== null).map(literal);
  const parts = [
    ...(listed.length > 0 ? [`${column} IN (${listed.join(', ')})`] : []),
    ...(values.includes(null) ? [`${column} IS NULL`] : []),
  ];
  return `(${parts.join(' OR ')})`;
}

function text(value: string): string {
  return `regexp_replace(CAST(${value} AS STRING), '[.]0$', '')`;
}
