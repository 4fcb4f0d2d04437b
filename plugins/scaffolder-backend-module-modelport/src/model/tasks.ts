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
  /** Column of the series that a row is a step of; null where there are none. */
  series: string | null;
  /** Column of the query that a row is an item of; null where there are none. */
  query: string | null;
  mainMetric: string;
  gates: readonly Gate[];
  /** Every metric that the training logs of the test rows. */
  metrics: readonly string[];
  /** Features of the sample, whose names nothing else may take. */
  columns: readonly string[];
  /** Those of them that the repository makes itself of the series; the others of a person's sample join them. */
  derived: readonly Derived[];
}

/** A feature that the repository makes itself, with its reason code. */
interface Derived {
  name: string;
  code: string;
  text: string;
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
    series: null,
    query: null,
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
    derived: [],
  },
  matching: {
    kind: 'probability',
    label: 'is_match',
    id: 'pair_id',
    time: null,
    series: null,
    query: null,
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
    derived: [],
  },
  multiclass: {
    kind: 'classes',
    label: 'queue',
    id: 'request_id',
    time: 'received_at',
    series: null,
    query: null,
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
    derived: [],
  },
  regression: {
    kind: 'numbers',
    label: 'price',
    id: 'property_id',
    time: 'sold_at',
    series: null,
    query: null,
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
    derived: [],
  },
  forecasting: {
    kind: 'numbers',
    label: 'demand',
    id: 'row_id',
    time: 'date',
    series: 'series_id',
    query: null,
    mainMetric: 'test_mase',
    gates: [
      { metric: 'test_mase', rule: 'at_most', value: 1 },
      { metric: 'test_coverage_90', rule: 'at_least', value: 0.75 },
    ],
    metrics: [...NUMBER_METRICS, 'test_mase'],
    columns: [
      ...['lag_first', 'lag_second', 'mean_28'],
      ...['promotion', 'temperature', 'weekday'],
    ],
    derived: [
      { name: 'lag_first', code: 'LF01', text: 'The last known value' },
      {
        name: 'lag_second',
        code: 'LS01',
        text: 'The value a week before that',
      },
      { name: 'mean_28', code: 'ME01', text: 'The mean of four weeks' },
      { name: 'weekday', code: 'WD01', text: 'The day of the week' },
    ],
  },
  ranking: {
    kind: 'order',
    label: 'relevance',
    id: 'item_id',
    time: null,
    series: null,
    query: 'query_id',
    mainMetric: 'test_ndcg_10',
    gates: [{ metric: 'test_ndcg_10', rule: 'at_least', value: 0.7 }],
    metrics: ['test_ndcg_10', 'test_mrr', 'test_exposure_ratio'],
    columns: ['text_match', 'price_rank', 'popularity', 'age_days', 'category'],
    derived: [],
  },
};
