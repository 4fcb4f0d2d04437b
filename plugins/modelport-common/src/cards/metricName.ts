/**
 * The part of the data that a metric was measured on, by its words.
 *
 * @public
 */
export type MetricSplit = 'train' | 'valid' | 'test';

const SPLITS: ReadonlyArray<[RegExp, MetricSplit]> = [
  [/^(train|training|fit)$/, 'train'],
  [/^(valid|validation|val|dev)$/, 'valid'],
  [/^(test|testing|eval|evaluation|holdout|heldout|oot)$/, 'test'],
];

/** Names of the same metric, as libraries and people write them. */
const SYNONYMS: Readonly<Record<string, string>> = {
  auc: 'roc_auc',
  auc_roc: 'roc_auc',
  auroc: 'roc_auc',
  roc_auc_score: 'roc_auc',
  auc_score: 'roc_auc',
  area_under_curve: 'roc_auc',
  area_under_the_roc_curve: 'roc_auc',
  auc_pr: 'pr_auc',
  auprc: 'pr_auc',
  aucpr: 'pr_auc',
  average_precision_score: 'average_precision',
  acc: 'accuracy',
  accuracy_score: 'accuracy',
  balanced_accuracy_score: 'balanced_accuracy',
  precision_score: 'precision',
  recall_score: 'recall',
  sensitivity: 'recall',
  f1_score: 'f1',
  brier_score: 'brier',
  brier_score_loss: 'brier',
  brier_loss: 'brier',
  logloss: 'log_loss',
  cross_entropy: 'log_loss',
  binary_crossentropy: 'log_loss',
  expected_calibration_error: 'ece',
  r2_score: 'r2',
  r_squared: 'r2',
  'r²': 'r2',
  root_mean_squared_error: 'rmse',
  mean_squared_error: 'mse',
  mean_absolute_error: 'mae',
  mean_absolute_percentage_error: 'mape',
  kolmogorov_smirnov: 'ks',
  matthews_corrcoef: 'mcc',
};

/**
 * A metric's key without the ways of writing it: `test_roc_auc`, `AUC` and `eval/auroc` are all `roc_auc`, the split
 * told apart where the key names one.
 *
 * @public
 */
export function metricName(key: string): {
  name: string;
  split: MetricSplit | null;
} {
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}²]+/gu, '_')
    .split('_')
    .filter(Boolean);
  const first = splitOfWord(words[0] ?? '');
  const last = splitOfWord(words.at(-1) ?? '');
  let rest = words;
  if (words.length > 1 && first) {
    rest = words.slice(1);
  } else if (words.length > 1 && last) {
    rest = words.slice(0, -1);
  }
  const joined = rest.join('_');
  return {
    name: Object.hasOwn(SYNONYMS, joined) ? SYNONYMS[joined] : joined,
    split: rest === words ? null : first ?? last ?? null,
  };
}

/** Words that tell nothing of a dataset. */
const FILLERS =
  /^(the|a|our|data|dataset|set|split|sample|partition|hold|out|of|time)$/;

/** Whether a dataset's name tells no more than a split: `test`, `Test set (n=20,107)`. */
export function isSplitAlone(dataset: string): boolean {
  const words = dataset
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return (
    splitOfDataset(dataset) !== null &&
    words.every(word => FILLERS.test(word) || splitOfWord(word) !== null)
  );
}

/** The split that a dataset's name tells; null where it tells none. */
export function splitOfDataset(dataset: string): MetricSplit | null {
  const words = dataset.toLowerCase().split(/[^a-z]+/);
  for (const word of words) {
    const split = splitOfWord(word);
    if (split) {
      return split;
    }
  }
  return /hold[- ]out|out[- ]of[- ]time/i.test(dataset) ? 'test' : null;
}

function splitOfWord(word: string): MetricSplit | null {
  return SPLITS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}
