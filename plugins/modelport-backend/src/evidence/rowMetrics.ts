import { pairedRatio, RatioParts } from '@modelport/plugin-modelport-common';
import { joinRows, Paired } from '../promotions/gates/pairedMetric';
import { EvaluatedRows, isOfClasses } from '../promotions/gates/scoredRows';

type Label = boolean | number;
type Rows = EvaluatedRows<Label>;

const RESAMPLES = 2_000;
const SEED = 1;
const MOST_DRAWN = 20_000;
/** Figures that are closer than this are the same one, rounded. */
const ROUNDED = 0.0005;
/** Where libraries decide unless they are told otherwise. */
const USUAL_THRESHOLD = 0.5;

/** What a row gives to a metric of classes: whether it was found, and whether it should be. */
type OfDecision = (found: boolean, label: boolean) => [number, number];

/** Metrics of what a threshold decides, as scikit-learn defines them of two classes. */
const DECIDED = {
  accuracy: (found, label) => [Number(found === label), 1],
  precision: (found, label) => [Number(found && label), Number(found)],
  recall: (found, label) => [Number(found && label), Number(label)],
  f1: (found, label) => [
    2 * Number(found && label),
    Number(found) + Number(label),
  ],
} as const satisfies Record<string, OfDecision>;

/** Metrics of how far a number is from the true one. */
const FORETOLD = {
  mae: (score: number, label: number) => Math.abs(score - label),
  rmse: (score: number, label: number) => (score - label) ** 2,
} as const;

const KEYS = [
  { name: 'accuracy', keys: /(^|_)acc(uracy)?(_score)?$/ },
  { name: 'precision', keys: /(^|_)precision(_score)?$/ },
  { name: 'recall', keys: /(^|_)recall(_score)?$/ },
  { name: 'f1', keys: /(^|_)f1(_score)?$/ },
  { name: 'mae', keys: /(^|_)(mae|mean_absolute_error)$/ },
  { name: 'rmse', keys: /(^|_)(rmse|root_mean_squared_error)$/ },
] as const;

/** What makes another metric of one that ends alike. */
const OTHER =
  /(^|_)(macro|micro|weighted|balanced|average|top|k|per|log|relative|normali[sz]ed|scaled|median)_/;

export type RowMetric = (typeof KEYS)[number]['name'];

/** The metric of rows that a key names; null where it names none that is compared here. */
export function rowMetricOf(key: string): RowMetric | null {
  const words = key.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return OTHER.test(words)
    ? null
    : KEYS.find(({ keys }) => keys.test(words))?.name ?? null;
}

/** What a version says of a metric, and from which score on it decides for a row. */
export interface Logged {
  value: number | null;
  /** Undefined where the version states none, or several. */
  threshold: number | undefined;
}

/**
 * Compares two versions by a metric of errors or decisions on the rows that both scored. Decisions depend on a threshold:
 * it is the one that each version states, or else 0.5, and in any case one at which the rows give the figures that were
 * logged. Where they do not, another averaging or another threshold was meant, and nothing is said.
 */
export function pairedRowMetric(
  metric: RowMetric,
  candidate: Rows,
  production: Rows,
  options: { level: number; logged: { candidate: Logged; production: Logged } },
): Paired {
  const joined = joinRows(candidate, production);
  if (typeof joined === 'string') {
    return none(joined);
  }
  if (metric === 'mae' || metric === 'rmse') {
    if (isOfClasses(candidate)) {
      return none('labels of the evaluation rows are classes, not numbers');
    }
    const of = FORETOLD[metric];
    const parts = (scores: number[]): RatioParts => ({
      numerators: scores.map((score, row) =>
        of(score, Number(joined.labels[row])),
      ),
      denominators: scores.map(() => 1),
    });
    return compared(parts(joined.first), parts(joined.second), {
      ...options,
      root: metric === 'rmse',
    });
  }
  if (!isOfClasses(candidate)) {
    return none('labels of the evaluation rows are not 0 and 1');
  }
  const { logged, level } = options;
  const stated = [logged.candidate.threshold, logged.production.threshold];
  for (const [first, second] of [stated, [USUAL_THRESHOLD, USUAL_THRESHOLD]]) {
    if (first !== undefined && second !== undefined) {
      const parts = (scores: number[], threshold: number): RatioParts => {
        const rows = scores.map((score, row) =>
          DECIDED[metric](score >= threshold, Boolean(joined.labels[row])),
        );
        return {
          numerators: rows.map(([numerator]) => numerator),
          denominators: rows.map(([, denominator]) => denominator),
        };
      };
      const ofCandidate = parts(joined.first, first);
      const ofProduction = parts(joined.second, second);
      if (
        gives(ofCandidate, logged.candidate.value) &&
        gives(ofProduction, logged.production.value)
      ) {
        return compared(ofCandidate, ofProduction, {
          level,
          root: false,
          at:
            first === second
              ? `scores from ${first} on count as positive`
              : `scores from ${first} on count as positive, of the baseline from ${second} on`,
        });
      }
    }
  }
  return none(
    `at the stated threshold, or ${USUAL_THRESHOLD}, the rows give another ${metric} than was logged`,
  );
}

/** Whether rows give the figure that was logged. */
function gives(
  { numerators, denominators }: RatioParts,
  logged: number | null,
): boolean {
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  return (
    logged !== null &&
    Math.abs(sum(numerators) / sum(denominators) - logged) <= ROUNDED
  );
}

function compared(
  candidate: RatioParts,
  production: RatioParts,
  options: { level: number; root: boolean; at?: string },
): Paired {
  const { level, root, at } = options;
  const paired = pairedRatio(candidate, production, {
    root,
    level,
    resamples: RESAMPLES,
    seed: SEED,
    mostDrawn: MOST_DRAWN,
  });
  if (!paired) {
    return none('there are too few rows for an interval');
  }
  const { first, second, n, ...interval } = paired;
  const method =
    n <= MOST_DRAWN
      ? `paired bootstrap, ${RESAMPLES} resamples, seed ${SEED}, percentiles`
      : 'normal interval of the paired difference by the delta method';
  return {
    why: null,
    paired: {
      ...interval,
      candidate: first,
      production: second,
      n,
      method: at === undefined ? method : `${method}; ${at}`,
    },
  };
}

function none(why: string): Paired {
  return { paired: null, why };
}
