import {
  Direction,
  Figure,
  fromFigure,
  MainMetric,
  metricDirection,
  TrendPoint,
} from '@modelport/plugin-modelport-common';
import { ModelsConfig } from '../config';

/** Metrics that count by task where config names none, in the order of preference. */
const DEFAULTS = {
  binary: [
    'roc_auc',
    'auc',
    'pr_auc',
    'average_precision',
    'log_loss',
    'logloss',
    'f1',
    'f1_score',
    'accuracy',
    'accuracy_score',
  ],
  multiclass: [
    'log_loss',
    'logloss',
    'f1_macro',
    'macro_f1',
    'accuracy',
    'accuracy_score',
    'f1_score',
  ],
  regression: [
    'rmse',
    'root_mean_squared_error',
    'mae',
    'mean_absolute_error',
    'r2',
    'r2_score',
    'mse',
    'mean_squared_error',
  ],
  forecasting: ['wape', 'mase', 'smape', 'mape', 'rmse', 'mae'],
  ranking: ['ndcg', 'ndcg@10', 'map', 'mrr'],
  matching: ['f1', 'f1_score', 'precision', 'recall'],
};

/** Prefixes that say on which data a metric was measured; held-out data first, never training data. */
const PREFIXES = [
  'test_',
  'testing_',
  'holdout_',
  'oof_',
  'cv_',
  'eval_',
  'valid_',
  'validation_',
  'val_',
  '',
];

const TREND_LENGTH = 10;

/** A version's metrics; versions come from the oldest to the newest. */
export interface VersionMetrics {
  version: string;
  metrics: Record<string, Figure>;
}

/**
 * The metric that counts for a model: the key that the model names, else the first by its task that one of its versions
 * has. Its value is that of the version in production, else of the newest version that has it.
 */
export function mainMetric(options: {
  key: string | null;
  task: string | null;
  config: ModelsConfig;
  versions: VersionMetrics[];
  productionVersion: string | undefined;
}): { mainMetric: MainMetric | null; trend: TrendPoint[] } {
  const none = { mainMetric: null, trend: [] };
  const chosen = chooseKey(options);
  if (!chosen) {
    return none;
  }
  const having = options.versions.filter(v =>
    Object.hasOwn(v.metrics, chosen.key),
  );
  const shown =
    having.find(v => v.version === options.productionVersion) ?? having.at(-1);
  if (!shown) {
    return none;
  }
  return {
    mainMetric: {
      key: chosen.key,
      value: shown.metrics[chosen.key],
      direction: chosen.direction,
      version: shown.version,
    },
    trend: having
      .slice(-TREND_LENGTH)
      .map(v => ({ version: v.version, value: v.metrics[chosen.key] })),
  };
}

/** The figure as a number that the database can sort by; null where it is not finite. */
export function sortableFigure(figure: Figure | undefined): number | null {
  const value = figure === undefined ? NaN : fromFigure(figure);
  return Number.isFinite(value) ? value : null;
}

function chooseKey(options: {
  key: string | null;
  task: string | null;
  config: ModelsConfig;
  versions: VersionMetrics[];
}): { key: string; direction: Direction } | undefined {
  const present = new Set(
    options.versions.flatMap(v => Object.keys(v.metrics)),
  );
  const configured = own(options.config.mainMetrics, options.task) ?? [];
  if (options.key) {
    const direction =
      configured.find(c => c.key === options.key)?.direction ??
      metricDirection(options.key);
    return direction === null ? undefined : { key: options.key, direction };
  }
  for (const { key, direction = metricDirection(key) } of configured) {
    if (present.has(key) && direction) {
      return { key, direction };
    }
  }
  const keys = options.task
    ? own<string[]>(DEFAULTS, options.task) ?? []
    : [...DEFAULTS.binary, ...DEFAULTS.regression];
  for (const name of keys) {
    for (const prefix of PREFIXES) {
      const key = `${prefix}${name}`;
      const direction = metricDirection(key);
      if (present.has(key) && direction) {
        return { key, direction };
      }
    }
  }
  return undefined;
}

/** A task may be written as anything, `constructor` too. */
function own<T>(map: Record<string, T>, key: string | null): T | undefined {
  return key !== null && Object.hasOwn(map, key) ? map[key] : undefined;
}
