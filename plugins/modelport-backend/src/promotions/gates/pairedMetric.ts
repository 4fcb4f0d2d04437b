import {
  brierOfRow,
  brierScore,
  delongTest,
  Interval,
  logLoss,
  logLossOfRow,
  normalQuantile,
  pairedBootstrap,
} from '@modelport/plugin-modelport-common';
import { areProbabilities, EvaluatedRows, ScoredRows } from './scoredRows';

/** Two versions by a metric on the same rows. */
export interface PairedDifference extends Interval {
  candidate: number;
  production: number;
  /** Candidate less production. */
  difference: number;
  /** How the interval came about, in words. */
  method: string;
  n: number;
}

export type Paired =
  | { paired: PairedDifference; why: null }
  | { paired: null; why: string };

const RESAMPLES = 2_000;
const SEED = 1;
/** From here on the mean of the differences is as good as normal, and drawing them again would hold everybody up. */
const MOST_DRAWN = 20_000;

/** What a metric is by its key, its set's name before it aside: `test_roc_auc`, `auc`, `valid_log_loss`. */
const PAIRED = [
  { name: 'auc', keys: /(^|_)(roc_)?auc(_score)?$|(^|_)auroc$/ },
  { name: 'brier', keys: /(^|_)brier(_score)?(_loss)?$/ },
  { name: 'log-loss', keys: /(^|_)(log_?loss|cross_entropy)$/ },
] as const;

export type PairedMetric = (typeof PAIRED)[number]['name'];

/** What can be compared in pairs of the metric of a key; null where nothing can. */
export function pairedMetricOf(key: string): PairedMetric | null {
  // An area under another curve is another figure.
  const words = key.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return /(^|_)(pr|aucpr|prc)_?(auc)?$/.test(words)
    ? null
    : PAIRED.find(({ keys }) => keys.test(words))?.name ?? null;
}

/** Compares two versions by a metric on the rows that both scored. */
export function pairedMetric(
  metric: PairedMetric,
  candidate: ScoredRows,
  production: ScoredRows,
  level: number,
): Paired {
  const joined = joinRows(candidate, production);
  if (typeof joined === 'string') {
    return { paired: null, why: joined };
  }
  const { labels, first, second } = joined;
  if (metric === 'auc') {
    const test = delongTest(labels, first, second, level);
    return !test || Number.isNaN(test.pValue)
      ? {
          paired: null,
          why: 'there are too few rows of each class for an interval',
        }
      : {
          why: null,
          paired: {
            candidate: test.first,
            production: test.second,
            difference: test.difference,
            lower: test.lower,
            upper: test.upper,
            method: "DeLong's paired interval",
            n: labels.length,
          },
        };
  }
  if (!areProbabilities(first) || !areProbabilities(second)) {
    return { paired: null, why: 'scores are no probabilities' };
  }
  const [score, ofRow] =
    metric === 'brier' ? [brierScore, brierOfRow] : [logLoss, logLossOfRow];
  const ofFirst = score(labels, first);
  const ofSecond = score(labels, second);
  const interval = ofMean(
    labels.map(
      (label, row) => ofRow(label, first[row]) - ofRow(label, second[row]),
    ),
    level,
  );
  return ofFirst === null || ofSecond === null || !interval
    ? { paired: null, why: 'there are no rows that both versions scored' }
    : {
        why: null,
        paired: {
          ...interval,
          candidate: ofFirst,
          production: ofSecond,
          difference: ofFirst - ofSecond,
          n: labels.length,
        },
      };
}

function ofMean(
  differences: number[],
  level: number,
): (Interval & { method: string }) | null {
  if (differences.length <= MOST_DRAWN) {
    const drawn = pairedBootstrap(differences, {
      resamples: RESAMPLES,
      seed: SEED,
      level,
    });
    return (
      drawn && {
        lower: drawn.lower,
        upper: drawn.upper,
        method: `paired bootstrap, ${RESAMPLES} resamples, seed ${SEED}, percentiles`,
      }
    );
  }
  const n = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const variance =
    differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(variance / n);
  return {
    lower: mean - reach,
    upper: mean + reach,
    method: 'normal interval of the mean of paired differences',
  };
}

/** Rows by their id; only rows that were erased may be missing on one side. */
export function joinRows<Label extends boolean | number>(
  candidate: EvaluatedRows<Label>,
  production: EvaluatedRows<Label>,
) {
  const places = new Map(production.ids.map((id, place) => [id, place]));
  const labels: Label[] = [];
  const first: number[] = [];
  const second: number[] = [];
  for (const [row, id] of candidate.ids.entries()) {
    const place = places.get(id);
    if (place !== undefined) {
      if (production.labels[place] !== candidate.labels[row]) {
        return 'the two versions have different labels for the same row';
      }
      labels.push(candidate.labels[row]);
      first.push(candidate.scores[row]);
      second.push(production.scores[place]);
    }
  }
  const missing = (rows: EvaluatedRows<Label>, other: EvaluatedRows<Label>) =>
    rows.ids.length - labels.length > other.erased;
  return missing(candidate, production) || missing(production, candidate)
    ? 'the two versions were not measured on the same rows'
    : { labels, first, second };
}
