import { loggedModelSchema, Metric, runSchema } from '../answers';
import { readMetrics, runsToConfirm } from './metrics';

const metric = (key: string, value: number, more: Partial<Metric> = {}) => ({
  key,
  value: Number.isNaN(value) ? 'NaN' : value,
  timestamp: 1,
  step: 0,
  ...more,
});

const runOf = (id: string, ...metrics: object[]) =>
  runSchema.parse({
    info: { run_id: id, experiment_id: '1' },
    data: { metrics },
  });

const modelOf = (...metrics: object[]) =>
  loggedModelSchema.parse({
    info: { model_id: 'm-1', experiment_id: '1', source_run_id: 'own' },
    data: { metrics },
  });

const ON_A = { dataset_name: 'a', dataset_digest: '1', run_id: 'own' };
const ON_B = { dataset_name: 'b', dataset_digest: '2', run_id: 'own' };
const none = new Map<string, never>();

describe('readMetrics', () => {
  it("takes the run's last value, not the first one that the logged model has", () => {
    const result = readMetrics(
      runOf('own', metric('loss', 0.2, { step: 9 })),
      modelOf(metric('loss', 1, ON_A)),
      none,
    );
    expect(result).toEqual({
      metrics: { loss: 0.2 },
      metricsWithHistory: ['loss'],
      measurements: [],
      datasets: [],
    });
  });

  it('names the dataset where it is the same value', () => {
    const { measurements, datasets } = readMetrics(
      runOf('own', metric('auc', 0.9)),
      modelOf(metric('auc', 0.9, ON_A)),
      none,
    );
    expect(measurements).toMatchObject([
      { key: 'auc', value: 0.9, dataset: { name: 'a', digest: '1' } },
    ]);
    expect(datasets).toEqual([{ name: 'a', digest: '1', context: null }]);
  });

  it('names no dataset where the same value stands for two, or for none as well', () => {
    const run = runOf('own', metric('auc', 0.9));
    for (const other of [ON_B, { run_id: 'own' }]) {
      const model = modelOf(
        metric('auc', 0.9, ON_A),
        metric('auc', 0.9, other),
      );
      expect(readMetrics(run, model, none).measurements).toEqual([]);
    }
  });

  it('knows a NaN that MLflow wrote as 0, and never shows it as 0', () => {
    const result = readMetrics(
      runOf('own', metric('auc', NaN)),
      modelOf(metric('auc', 0, ON_A)),
      none,
    );
    expect(result.metrics).toEqual({ auc: NaN });
    expect(result.measurements).toMatchObject([
      { value: 'NaN', dataset: { name: 'a' } },
    ]);
  });

  it('takes what other runs measured where the run has no such key', () => {
    const elsewhere = { run_id: 'other', dataset_name: 'a' };
    const result = readMetrics(
      runOf('own', metric('auc', 0.9)),
      modelOf(
        metric('auc', 0.8, elsewhere),
        metric('f1', 0.7, elsewhere),
        metric('f1', 0.6, { ...elsewhere, dataset_name: 'b', timestamp: 2 }),
      ),
      none,
    );
    expect(result.metrics).toEqual({ auc: 0.9, f1: 0.6 });
    expect(result.measurements).toMatchObject([
      { key: 'f1', value: 0.7, dataset: { name: 'a', digest: null } },
      { key: 'f1', value: 0.6, dataset: { name: 'b', digest: null } },
    ]);
  });

  it('believes a 0 of another run only when that run says so', () => {
    const model = modelOf(
      metric('zero', 0, { run_id: 'other' }),
      metric('nan', 0, { run_id: 'other' }),
      metric('gone', 0, { run_id: 'missing' }),
    );
    expect(runsToConfirm('own', model)).toEqual(['other', 'other', 'missing']);
    const other = runOf('other', metric('zero', 0), metric('nan', NaN));
    expect(
      readMetrics(runOf('own'), model, new Map([['other', other]])).metrics,
    ).toEqual({ zero: 0, nan: NaN });
  });

  it('reads infinities', () => {
    const { metrics } = readMetrics(
      runOf(
        'own',
        metric('a', Number.MAX_VALUE),
        metric('b', -Number.MAX_VALUE),
        { key: 'c', value: 'Infinity' },
        metric('d', 1e308),
        metric('__proto__', 1),
      ),
      undefined,
      none,
    );
    expect(Object.entries(metrics)).toEqual([
      ['a', Infinity],
      ['b', -Infinity],
      ['c', Infinity],
      ['d', 1e308],
      ['__proto__', 1],
    ]);
  });
});
