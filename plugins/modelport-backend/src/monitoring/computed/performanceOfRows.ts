import {
  MonitorDefinition,
  ScoreGroup,
} from '@modelport/plugin-modelport-common';
import { asText } from './asText';
import {
  joinPairs,
  MOST_SEGMENTS,
  OTHER,
  mergePerformance,
  PerformanceCounts,
  SCORE_BANDS,
} from './performanceCounts';

/** Counts predictions and labels of rows: of all, and of each segment that is asked for. */
export function performanceOfRows(
  rows: Array<Record<string, unknown>>,
  label: NonNullable<MonitorDefinition['label']>,
): PerformanceCounts[] {
  const counted = [null, ...label.segments].flatMap(segment => {
    const groups = new Map<string | null, Array<Record<string, unknown>>>();
    for (const row of rows) {
      const name =
        segment === null
          ? null
          : `${segment} = ${asText(row[segment] ?? 'missing')}`;
      const group = groups.get(name);
      if (group) {
        group.push(row);
      } else {
        groups.set(name, [row]);
      }
    }
    return [...fewest(groups, segment)].map(([name, of]) =>
      countsOf(name, of, label),
    );
  });
  return mergePerformance([], counted);
}

/** The largest groups; the rows of others together. */
function fewest<T>(
  groups: Map<string | null, T[]>,
  segment: string | null,
): Map<string | null, T[]> {
  const sorted = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const others = sorted.slice(MOST_SEGMENTS).flatMap(([, of]) => of);
  return others.length === 0
    ? groups
    : new Map([
        ...sorted.slice(0, MOST_SEGMENTS),
        [`${segment} = ${OTHER}`, others],
      ]);
}

/** Whether a row has a prediction as the monitor declares it. */
export function hasPrediction(
  row: Record<string, unknown>,
  { prediction, task }: NonNullable<MonitorDefinition['label']>,
): boolean {
  const value = row[prediction] ?? '';
  const number = Number(value);
  return (
    value !== '' &&
    (task !== 'probability' || (number >= 0 && number <= 1)) &&
    (task !== 'value' || Number.isFinite(number))
  );
}

/** Whether a row has a label as the monitor declares it. */
export function hasLabel(
  row: Record<string, unknown>,
  { column, task }: NonNullable<MonitorDefinition['label']>,
): boolean {
  const value = row[column] ?? '';
  return value !== '' && (task !== 'value' || Number.isFinite(Number(value)));
}

function countsOf(
  segment: string | null,
  rows: Array<Record<string, unknown>>,
  label: NonNullable<MonitorDefinition['label']>,
): PerformanceCounts {
  const counts: PerformanceCounts = {
    segment,
    n: 0,
    labelled: 0,
    scores: null,
    banded: label.task === 'probability',
    confusion: null,
    errors: null,
  };
  const scores = new Map<number, ScoreGroup>();
  const confusion = new Map<
    string,
    { label: string; prediction: string; n: number }
  >();
  const errors = { absolute: 0, squared: 0, fourth: 0, actual: 0 };
  for (const row of rows.filter(one => hasPrediction(one, label))) {
    counts.n += 1;
    if (!hasLabel(row, label)) {
      continue;
    }
    counts.labelled += 1;
    const prediction = row[label.prediction];
    const actual = row[label.column];
    const number = Number(prediction);
    const expected = Number(actual);
    if (label.task === 'probability') {
      addScore(scores, number, asText(actual) === label.positive);
    } else if (label.task === 'value') {
      const error = Math.abs(number - expected);
      errors.absolute += error;
      errors.squared += error ** 2;
      errors.fourth += error ** 4;
      errors.actual += Math.abs(expected);
    } else {
      const pair = { label: asText(actual), prediction: asText(prediction) };
      const key = JSON.stringify(pair);
      const known = confusion.get(key);
      confusion.set(key, { ...pair, n: (known?.n ?? 0) + 1 });
    }
  }
  return {
    ...counts,
    scores: label.task === 'probability' ? [...scores.values()] : null,
    confusion:
      label.task === 'class' ? joinPairs([...confusion.values()]) : null,
    errors: label.task === 'value' ? errors : null,
  };
}

function addScore(
  scores: Map<number, ScoreGroup>,
  probability: number,
  isPositive: boolean,
): void {
  const band = Math.min(SCORE_BANDS - 1, Math.floor(probability * SCORE_BANDS));
  const known = scores.get(band) ?? {
    score: (band + 0.5) / SCORE_BANDS,
    negative: 0,
    positive: 0,
  };
  known[isPositive ? 'positive' : 'negative'] += 1;
  scores.set(band, known);
}
