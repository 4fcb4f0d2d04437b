/**
 * Tasks that Modelport knows by name; others are kept as the registry writes them.
 *
 * @public
 */
export const TASKS = [
  'binary',
  'multiclass',
  'regression',
  'forecasting',
  'ranking',
  'matching',
] as const;

const SYNONYMS = new Map<string, (typeof TASKS)[number]>(
  Object.entries({
    'binary-classification': 'binary',
    'binary-classifier': 'binary',
    'multiclass-classification': 'multiclass',
    'multi-class-classification': 'multiclass',
    'multiclass-classifier': 'multiclass',
    'tabular-regression': 'regression',
    regressor: 'regression',
    forecast: 'forecasting',
    'time-series-forecasting': 'forecasting',
    'learning-to-rank': 'ranking',
    'entity-matching': 'matching',
  } as const),
);

/**
 * Brings the common ways of writing a task to one; what is not known stays as written, in lower case with dashes.
 *
 * @public
 */
export function normaliseTask(task: string): string {
  const key = task
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return SYNONYMS.get(key) ?? key;
}
