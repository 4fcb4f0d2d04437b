/** Names of metrics as people write them in a sentence, longest first where one begins another. */
const NAMES = [
  'ROC[ -_]?AUC',
  'PR[ -_]?AUC',
  'AUC[ -]ROC',
  'AUC[ -]PR',
  'AUROC',
  'AUPRC',
  'AUC',
  'balanced accuracy',
  'accuracy',
  'average precision',
  'precision',
  'recall',
  'F1(?:[ -]score)?',
  'Brier(?: score)?',
  'ECE',
  'log[ -]?loss',
  'RMSE',
  'RMSLE',
  'MSE',
  'MAE',
  'MAPE',
  'sMAPE',
  'R2',
  'R²',
  'Gini',
  'KS',
  'MCC',
];

const STATED = new RegExp(
  `(?<![\\p{L}\\p{N}_])(${NAMES.join(
    '|',
  )})(?:\\s*(?:[:=|]|is|of)\\s*|\\s+)([+-]?\\d+(?:\\.\\d+)?\\s?%?)(?![\\p{L}\\p{N}_]|[.,]?\\d)`,
  'giu',
);

const SPLIT =
  /^\W*(?:on (?:the )?)?((?:test|testing|hold-?out|out[- ]of[- ]time|valid|validation|dev|train|training|eval|evaluation)\b[^:\n]{0,200}?)(?:\s+set)?:/i;

/**
 * Figures that a card states in its sentences, such as "Test (n=20,107): AUC 0.9642, Brier 0.0612": only metrics that
 * are known by name and followed by their number. The words before a colon say on what they were measured.
 */
export function proseMetrics(
  text: string,
): Array<{ key: string; value: string; dataset: string | null }> {
  return text.split('\n').flatMap(row => {
    const head = row.slice(0, 10_000);
    const dataset = SPLIT.exec(head)?.[1].trim() ?? null;
    return [...head.matchAll(STATED)].map(([, key, value]) => ({
      key: key.trim(),
      value: value.replace(/\s/g, ''),
      dataset,
    }));
  });
}
