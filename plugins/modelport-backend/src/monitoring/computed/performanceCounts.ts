import {
  Estimate,
  MonitorDefinition,
  performanceOfScores,
  meanWithInterval,
  performanceBody,
  ScoreGroup,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { ClassPair, figuresOfClasses } from './figuresOfClasses';

/** Probabilities of rows that are sent are counted in this many bands of equal width. */
export const SCORE_BANDS = 1_000;

/** Segments of rows that are sent; the rows of others are counted together. */
export const MOST_SEGMENTS = 50;
/** Of all columns of segments together. */
const MOST_IN_ALL = 5 * MOST_SEGMENTS;
/** Pairs of label and prediction that are counted for themselves. */
const MOST_PAIRS = 2_500;
export const OTHER = '(other)';
const ANOTHER = '(another)';

/** What is kept of the rows of a segment: counts and sums, so that parts of a window can be joined. */
export interface PerformanceCounts {
  /** Such as `region = north`; null where it is about all rows. */
  segment: string | null;
  /** Rows with a prediction. */
  n: number;
  /** Those of them with a label. */
  labelled: number;
  /** Of probabilities. */
  scores: ScoreGroup[] | null;
  /** Whether scores stand for bands. */
  banded: boolean;
  /** Of classes. */
  confusion: ClassPair[] | null;
  /** Of values: sums over rows. */
  errors: {
    absolute: number;
    squared: number;
    fourth: number;
    actual: number;
  } | null;
}

type Figure = z.output<typeof performanceBody>['figures'][number];

/** What counts of a segment say. */
export function performanceFigures(
  counts: PerformanceCounts,
  label: NonNullable<MonitorDefinition['label']>,
  /** Mean absolute step of the reference from row to row, by which MASE is scaled. */
  naiveError: number | null,
): Figure[] {
  const { n, labelled, segment, banded } = counts;
  const common = {
    kind: 'realised' as const,
    n,
    labelled: n > 0 ? labelled / n : 0,
    slice: segment,
  };
  return Object.entries(estimates(counts, label, naiveError)).flatMap(
    ([metric, estimate]) =>
      estimate
        ? [
            {
              ...common,
              metric: banded ? `${metric} (binned)` : metric,
              value: estimate.value,
              lower: estimate.interval?.lower ?? null,
              upper: estimate.interval?.upper ?? null,
            },
          ]
        : [],
  );
}

function otherOf(segment: string | null): string | null {
  return segment && `${segment.split(' = ')[0]} = ${OTHER}`;
}

/** Counts of two parts of a window together. */
export function mergePerformance(
  a: PerformanceCounts[],
  b: PerformanceCounts[],
): PerformanceCounts[] {
  const all = new Map(a.map(one => [one.segment, one]));
  for (const one of b) {
    const isKept = all.has(one.segment) || all.size <= MOST_IN_ALL;
    const segment = isKept ? one.segment : otherOf(one.segment);
    const known = all.get(segment);
    all.set(segment, known ? merged(known, one) : { ...one, segment });
  }
  return [...all.values()];
}

/**
 * Counts with labels of predictions that they hold; null where those are more than predictions without one, in all or in a
 * segment.
 */
export function joinLabels(
  known: PerformanceCounts[],
  labelled: PerformanceCounts[],
): PerformanceCounts[] | null {
  const names = new Set(known.map(({ segment }) => segment));
  const all = mergePerformance(
    known,
    labelled.map(one => ({
      ...one,
      n: 0,
      segment: names.has(one.segment) ? one.segment : otherOf(one.segment),
    })),
  );
  return all.every(one => one.labelled <= one.n) ? all : null;
}

function merged(a: PerformanceCounts, b: PerformanceCounts): PerformanceCounts {
  return {
    segment: a.segment,
    n: a.n + b.n,
    labelled: a.labelled + b.labelled,
    banded: a.banded || b.banded,
    scores:
      a.scores &&
      joined([...a.scores, ...(b.scores ?? [])], ({ score }) => score, {
        add: (x, y) => ({
          score: x.score,
          negative: x.negative + y.negative,
          positive: x.positive + y.positive,
        }),
      }),
    confusion:
      a.confusion && joinPairs([...a.confusion, ...(b.confusion ?? [])]),
    errors: a.errors && {
      absolute: a.errors.absolute + (b.errors?.absolute ?? 0),
      squared: a.errors.squared + (b.errors?.squared ?? 0),
      fourth: a.errors.fourth + (b.errors?.fourth ?? 0),
      actual: a.errors.actual + (b.errors?.actual ?? 0),
    },
  };
}

/** Pairs of label and prediction, each once; of too many, the rest together, right ones and wrong ones apart. */
export function joinPairs(pairs: ClassPair[]): ClassPair[] {
  const keyOf = (one: ClassPair) => JSON.stringify([one.label, one.prediction]);
  const options = {
    add: (x: ClassPair, y: ClassPair) => ({ ...x, n: x.n + y.n }),
  };
  const all = joined(pairs, keyOf, options);
  return all.length <= MOST_PAIRS
    ? all
    : joined(
        all.map((one, place) =>
          place < MOST_PAIRS
            ? one
            : {
                label: OTHER,
                prediction: one.label === one.prediction ? OTHER : ANOTHER,
                n: one.n,
              },
        ),
        keyOf,
        options,
      );
}

function joined<T>(
  list: T[],
  keyOf: (one: T) => string | number,
  options: { add: (a: T, b: T) => T },
): T[] {
  const all = new Map<string | number, T>();
  for (const one of list) {
    const key = keyOf(one);
    const known = all.get(key);
    all.set(key, known ? options.add(known, one) : one);
  }
  return [...all.values()];
}

function estimates(
  { scores, confusion, errors, labelled }: PerformanceCounts,
  label: NonNullable<MonitorDefinition['label']>,
  naiveError: number | null,
): Record<string, Estimate | null> {
  if (scores) {
    return performanceOfScores(scores, { decideAt: label.decideAt });
  }
  if (confusion) {
    return figuresOfClasses(confusion);
  }
  if (!errors || labelled === 0) {
    return {};
  }
  const mae = meanWithInterval({
    n: labelled,
    sum: errors.absolute,
    squares: errors.squared,
  });
  const mse = meanWithInterval({
    n: labelled,
    sum: errors.squared,
    squares: errors.fourth,
  });
  const scaled = (by: number): Estimate | null =>
    mae && by > 0
      ? {
          value: mae.value / by,
          interval: mae.interval && {
            lower: mae.interval.lower / by,
            upper: mae.interval.upper / by,
          },
        }
      : null;
  return {
    mae,
    rmse: mse && {
      value: Math.sqrt(mse.value),
      interval: mse.interval && {
        lower: Math.sqrt(Math.max(0, mse.interval.lower)),
        upper: Math.sqrt(mse.interval.upper),
      },
    },
    // The sum of the absolute values is taken as known.
    wape: scaled(errors.actual / labelled),
    mase: naiveError === null ? null : scaled(naiveError),
  };
}
