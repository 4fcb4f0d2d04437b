/** What a model predicts, in the words of the API. */
export const TASKS = [
  'binary',
  'multiclass',
  'regression',
  'forecasting',
  'ranking',
  'matching',
] as const;

export type Task = (typeof TASKS)[number];

export const FRAMEWORKS = [
  'sklearn',
  'xgboost',
  'lightgbm',
  'pytorch',
  'tensorflow',
] as const;

export type Framework = (typeof FRAMEWORKS)[number];

/** A bound that a version has to keep to, on one metric of its test rows. */
export interface Gate {
  metric: string;
  rule: 'at_least' | 'at_most';
  value: number;
}

/** What the templates need to know of a task. */
export interface TaskFacts {
  /** Which of the layers below `skeleton/kind` it takes: what a prediction is made of. */
  kind: 'probability' | 'classes' | 'numbers' | 'order';
  label: string;
  id: string;
  /** Column of the time of a row; null where rows have none. */
  time: string | null;
  mainMetric: string;
  gates: readonly Gate[];
  /** Every metric that the training logs of the test rows. */
  metrics: readonly string[];
  /** Columns of the sample, whose names nothing else may take. */
  columns: readonly string[];
  /** Those of them that the repository makes itself of the others. */
  derived?: readonly string[];
}

const PROBABILITY_METRICS = [
  'test_roc_auc',
  'test_pr_auc',
  'test_log_loss',
  'test_brier',
  'test_ece',
  'test_cost',
  'test_disparate_impact',
];

const NUMBER_METRICS = [
  'test_rmse',
  'test_mae',
  'test_r2',
  'test_coverage_90',
  'test_coverage_ratio',
];

export const TASK_FACTS: Readonly<Record<Task, TaskFacts>> = {
  binary: {
    kind: 'probability',
    label: 'default',
    id: 'application_id',
    time: 'observed_at',
    mainMetric: 'test_roc_auc',
    gates: [
      { metric: 'test_roc_auc', rule: 'at_least', value: 0.7 },
      { metric: 'test_ece', rule: 'at_most', value: 0.08 },
    ],
    metrics: PROBABILITY_METRICS,
    columns: [
      'amount',
      'income',
      'tenure_months',
      'open_accounts',
      'late_payments',
      'region',
      'channel',
    ],
  },
  matching: {
    kind: 'probability',
    label: 'is_match',
    id: 'pair_id',
    time: null,
    mainMetric: 'test_roc_auc',
    gates: [
      { metric: 'test_roc_auc', rule: 'at_least', value: 0.8 },
      { metric: 'test_ece', rule: 'at_most', value: 0.08 },
    ],
    metrics: PROBABILITY_METRICS,
    columns: [
      'name_similarity',
      'address_similarity',
      'birth_year_gap',
      'same_postcode',
      'source_pair',
    ],
  },
  multiclass: {
    kind: 'classes',
    label: 'queue',
    id: 'request_id',
    time: 'received_at',
    mainMetric: 'test_macro_f1',
    gates: [
      { metric: 'test_macro_f1', rule: 'at_least', value: 0.6 },
      { metric: 'test_ece', rule: 'at_most', value: 0.1 },
    ],
    metrics: [
      'test_macro_f1',
      'test_accuracy',
      'test_log_loss',
      'test_ece',
      'test_accuracy_ratio',
    ],
    columns: [
      'length',
      'attachments',
      'hour',
      'earlier_requests',
      'product',
      'language',
      'channel',
    ],
  },
  regression: {
    kind: 'numbers',
    label: 'price',
    id: 'property_id',
    time: 'sold_at',
    mainMetric: 'test_rmse',
    gates: [
      { metric: 'test_r2', rule: 'at_least', value: 0.7 },
      { metric: 'test_coverage_90', rule: 'at_least', value: 0.8 },
    ],
    metrics: NUMBER_METRICS,
    columns: [
      'area',
      'rooms',
      'age_years',
      'distance_km',
      'floor',
      'region',
      'condition',
    ],
  },
  forecasting: {
    kind: 'numbers',
    label: 'demand',
    id: 'row_id',
    time: 'date',
    mainMetric: 'test_mase',
    gates: [
      { metric: 'test_mase', rule: 'at_most', value: 1 },
      { metric: 'test_coverage_90', rule: 'at_least', value: 0.75 },
    ],
    metrics: [...NUMBER_METRICS, 'test_mase'],
    columns: [
      'series_id',
      'lag_first',
      'lag_second',
      'mean_28',
      'promotion',
      'temperature',
      'weekday',
    ],
    derived: ['lag_first', 'lag_second', 'mean_28', 'weekday'],
  },
  ranking: {
    kind: 'order',
    label: 'relevance',
    id: 'item_id',
    time: null,
    mainMetric: 'test_ndcg_10',
    gates: [{ metric: 'test_ndcg_10', rule: 'at_least', value: 0.7 }],
    metrics: ['test_ndcg_10', 'test_mrr', 'test_exposure_ratio'],
    columns: [
      'query_id',
      'text_match',
      'price_rank',
      'popularity',
      'age_days',
      'category',
    ],
  },
};
