import { ConfigReader } from '@backstage/config';
import { Figure } from '@modelport/plugin-modelport-common';
import { readModelportConfig } from '../config';
import { mainMetric, sortableFigure } from './mainMetric';

const config = readModelportConfig(new ConfigReader({})).models;

function choose(
  metrics: Record<string, Figure>,
  options: Partial<Parameters<typeof mainMetric>[0]> = {},
) {
  return mainMetric({
    key: null,
    task: 'binary',
    config,
    versions: [{ version: '1', metrics }],
    productionVersion: undefined,
    ...options,
  }).mainMetric;
}

describe('mainMetric', () => {
  it('follows the task, and held-out data before training data', () => {
    const metrics = {
      train_roc_auc: 0.99,
      test_roc_auc: 0.9,
      valid_roc_auc: 0.91,
      rmse: 3,
    };
    expect(choose(metrics)).toEqual({
      key: 'test_roc_auc',
      value: 0.9,
      direction: 'higher',
      version: '1',
    });
    expect(choose(metrics, { task: 'regression' })).toMatchObject({
      key: 'rmse',
      direction: 'lower',
    });
  });

  it('takes the metric that the model names, else that of config', () => {
    const metrics = { test_roc_auc: 0.9, test_brier: 0.1, profit: 5 };
    expect(choose(metrics, { key: 'test_brier' })).toMatchObject({
      key: 'test_brier',
      direction: 'lower',
    });
    const withConfig = readModelportConfig(
      new ConfigReader({
        modelport: {
          models: {
            mainMetrics: { binary: [{ key: 'profit', direction: 'higher' }] },
          },
        },
      }),
    ).models;
    expect(choose(metrics, { config: withConfig })).toMatchObject({
      key: 'profit',
    });
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'is not led astray by the task or key %s',
    name => {
      expect(choose({ test_roc_auc: 0.9 }, { task: name })).toBeNull();
      expect(choose({ test_roc_auc: 0.9 }, { key: name })).toBeNull();
    },
  );

  it('gives none rather than training data or an unknown metric', () => {
    expect(choose({ train_roc_auc: 0.99, profit: 5 })).toBeNull();
    expect(choose({ profit: 5 }, { key: 'profit' })).toBeNull();
  });

  it('shows the value in production and the trend of the newest versions', () => {
    const versions = Array.from({ length: 12 }, (_, index) => ({
      version: String(index + 1),
      metrics: { test_roc_auc: index / 100 },
    }));
    const result = mainMetric({
      key: null,
      task: 'binary',
      config,
      versions,
      productionVersion: '11',
    });
    expect(result.mainMetric).toMatchObject({ version: '11', value: 0.1 });
    expect(result.trend).toHaveLength(10);
    expect(result.trend.at(-1)).toEqual({ version: '12', value: 0.11 });
  });

  it('sorts by finite values only', () => {
    expect(sortableFigure('NaN')).toBeNull();
    expect(sortableFigure('Infinity')).toBeNull();
    expect(sortableFigure(undefined)).toBeNull();
    expect(sortableFigure(0)).toBe(0);
  });
});
