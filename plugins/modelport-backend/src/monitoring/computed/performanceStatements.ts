import { MonitorDefinition } from '@modelport/plugin-modelport-common';
import { literal, Rows, source, TimeColumn } from './statements';
import { SCORE_BANDS } from './performanceCounts';

type Label = NonNullable<MonitorDefinition['label']>;

/** Groups that are read as they are; where there are more, scores are counted in bands. */
export const MOST_GROUPS = 50_000;
/** Values of a segment that are looked at one by one. */
export const MOST_SEGMENTS = 50;

/** Rows by window, segment, prediction and label: the performance of probabilities and of classes. */
export function groupsStatement(
  rows: Rows,
  label: Label,
  options: { segment: string | null; banded: boolean },
): string {
  const { segment, banded } = options;
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
  } GROUP BY w, segment, prediction, label LIMIT ${MOST_GROUPS + 1}`;
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
  )}) AS rows_in_windows) AS predictions WHERE prediction IS NOT NULL GROUP BY w, segment`;
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

function text(value: string): string {
  return `regexp_replace(CAST(${value} AS STRING), '[.]0$', '')`;
}
