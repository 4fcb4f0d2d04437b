import {
  SourceVersion,
  SourceVersionDetails,
} from '@modelport/plugin-modelport-node';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FilesSource } from './source/FilesSource';
import { DirectoryOrigin } from './tree/DirectoryOrigin';

const REGISTRY = join(__dirname, '../../../examples/registry');

describe('the demo registry', () => {
  const { signal } = new AbortController();
  const source = new FilesSource({
    id: 'demo',
    origin: new DirectoryOrigin(REGISTRY),
    maxFiles: 1000,
    maxFileSize: 10_000_000,
  });
  let versions: SourceVersion[];
  let details: Map<string, SourceVersionDetails>;

  beforeAll(async () => {
    const page = await source.listVersions({ signal });
    versions = page.items;
    const read = await source.readVersions(versions, { signal });
    details = new Map(
      versions.map((version, index) => [
        `${version.model}/${version.version}`,
        read[index],
      ]),
    );
  });

  const find = (model: string, name: string) => {
    const version = versions.find(
      other => other.model === model && other.version === name,
    );
    const found = details.get(`${model}/${name}`);
    if (!version || !found) {
      throw new Error(`no version ${name} of ${model}`);
    }
    return { version, ...found };
  };

  it('is read without a problem', async () => {
    const { items, problems } = await source.listModels({ signal });
    expect(problems).toBeUndefined();
    expect(
      items.map(({ name, task, owner, riskTier, aliases, mainMetric }) => ({
        name,
        task,
        owner,
        riskTier,
        aliases,
        mainMetric,
        versions: versions.filter(({ model }) => model === name).length,
      })),
    ).toEqual([
      {
        name: 'car-loan-default',
        task: 'binary',
        owner: 'group:default/risk-analytics',
        riskTier: 'high',
        aliases: { challenger: '3', champion: '2' },
        mainMetric: 'test_roc_auc',
        versions: 4,
      },
      {
        name: 'diabetes-progression',
        task: 'regression',
        owner: 'group:default/risk-analytics',
        riskTier: 'low',
        aliases: { champion: '1' },
        mainMetric: 'rmse',
        versions: 2,
      },
      {
        name: 'digits-recognizer',
        task: 'multiclass',
        owner: 'group:default/risk-analytics',
        riskTier: 'low',
        aliases: { champion: '1' },
        mainMetric: 'accuracy',
        versions: 2,
      },
      {
        name: 'german-credit-risk',
        task: 'binary',
        owner: 'group:default/risk-analytics',
        riskTier: 'medium',
        aliases: { challenger: '1', champion: '2' },
        mainMetric: 'oof_roc_auc',
        versions: 2,
      },
    ]);
  });

  it('has the figures of the runs, to the last digit', () => {
    expect(find('car-loan-default', '2')).toMatchObject({
      version: {
        runId: '87e858eaa53b4d97ae86c6f0d844836a',
        createdAt: 1795250948521,
        tags: { validation_status: 'passed', risk_review: '2026-Q4' },
      },
      framework: 'xgboost',
      params: { n_estimators: '200', max_depth: '4', learning_rate: '0.1' },
      metrics: {
        test_roc_auc: 0.9703737938774647,
        test_log_loss: 0.19124597311019897,
        valid_log_loss: 0.19803763926029205,
        train_logloss: 0.16374557820492028,
      },
      datasets: [
        {
          name: 'car-loan-train-2018-01..04',
          digest: '0223c236',
          context: 'training',
          rows: 19819,
        },
        {
          name: 'car-loan-test-2018-07..10',
          digest: 'ffd8fca1',
          context: 'evaluation',
          rows: 20107,
        },
      ],
      decision: { thresholds: [0.5], referBand: null, scaling: null },
      sourceCode: null,
    });
    expect(find('german-credit-risk', '1').metrics).toMatchObject({
      oof_roc_auc: 0.7669571428571429,
      fold_roc_auc: 0.7638095238095238,
      'fairness.sex.disparate_impact_ratio': 0.9181451612903224,
    });
    expect(find('diabetes-progression', '1').metrics).toEqual({
      rmse: 54.32053105634295,
      mae: 41.77380793985764,
      r2: 0.5048879914436357,
    });
    expect(find('digits-recognizer', '2').metrics).toEqual({
      accuracy: 0.98,
      macro_f1: 0.9799828342597054,
      log_loss: 0.30265282188035825,
    });
  });

  it('measures groups as slices, with their size', () => {
    const { measurements } = find('car-loan-default', '1');
    expect(measurements).toContainEqual({
      key: 'test_roc_auc',
      value: 0.8829307964321487,
      dataset: { name: 'car-loan-test-2018-07..10', digest: '67bf880d' },
      evaluationSet: {
        id: 'car-loan-test-2018-07..10',
        hash: '7d8f2c22597bb7470081310523bc1ca7f52c15f324a92553e4a3bb69176a5c13',
      },
      slice: 'salary_range=0 - 20K €',
      n: 7938,
      lower: null,
      upper: null,
      evidence: null,
    });
    expect(find('german-credit-risk', '2').measurements).toContainEqual(
      expect.objectContaining({
        key: 'oof_brier',
        slice: 'sex=female',
        n: 310,
      }),
    );
  });

  it('says of all versions of a model that they were measured on the same rows, as far as that is known', () => {
    const setsOf = (model: string) =>
      versions
        .filter(version => version.model === model)
        .map(({ version }) => [
          ...new Set(
            find(model, version).measurements.map(({ evaluationSet }) =>
              JSON.stringify(evaluationSet),
            ),
          ),
        ]);
    for (const model of new Set(versions.map(version => version.model))) {
      const [first, ...others] = setsOf(model);
      expect(first).not.toHaveLength(0);
      expect(others).toEqual(others.map(() => first));
    }
    const sizes = (model: string) =>
      versions
        .filter(version => version.model === model)
        .map(({ version }) =>
          find(model, version)
            .measurements.filter(({ key }) =>
              /default_rate|base_rate/.test(key),
            )
            .map(({ key, slice, n, value }) => [key, slice, n, value]),
        );
    for (const model of ['car-loan-default', 'german-credit-risk']) {
      const [first, ...others] = sizes(model);
      expect(others).toEqual(others.map(() => first));
    }
  });

  it('has histories, signatures and lines to load a version, where the files are there', async () => {
    const { version, metricsWithHistory } = find('car-loan-default', '1');
    expect(metricsWithHistory).toEqual([
      'train_logloss',
      'valid_logloss',
      'valid_auc',
    ]);
    expect(
      await source.readMetricHistory(version, 'valid_auc', { signal }),
    ).toEqual([
      { step: 0, time: 1795250939820, value: 0.8735567127009283 },
      { step: 10, time: 1795250939840, value: 0.9361383405341354 },
      { step: 20, time: 1795250939852, value: 0.940851293558756 },
      { step: 30, time: 1795250939866, value: 0.9429411789282104 },
      { step: 40, time: 1795250939878, value: 0.9442401099070885 },
      { step: 50, time: 1795250939889, value: 0.945484412118789 },
      { step: 59, time: 1795250939899, value: 0.9457843973619272 },
    ]);
    const { signature } = await source.readDocuments(version, { signal });
    expect(signature).toMatchObject({
      inputs: [
        { name: 'salary_range', type: 'double', required: true, shape: null },
        {},
        {},
        {},
      ],
      outputs: [{ name: null, type: 'tensor(int64)', shape: [-1] }],
    });
    expect(find('car-loan-default', '2').loadCode).toMatch(
      /mlflow\.xgboost\.load_model\(".*car-loan-default\/versions\/2\/model"\)$/,
    );
    expect(find('car-loan-default', '4').loadCode).toBeNull();
    expect(find('digits-recognizer', '1').loadCode).toBeNull();
  });

  it('tells editors of its schemas', () => {
    const files = readdirSync(REGISTRY, { recursive: true, encoding: 'utf8' });
    const described = files.filter(path =>
      /(^|\/)(modelport|version)\.yaml$/.test(path),
    );
    expect(described).toHaveLength(14);
    for (const path of described) {
      const at = join(REGISTRY, path);
      const [line] = readFileSync(at, 'utf8').split('\n');
      const schema = line.match(/^# yaml-language-server: \$schema=(.+)$/)?.[1];
      expect(
        JSON.parse(readFileSync(join(at, '..', schema ?? 'none'), 'utf8'))
          .title,
      ).toContain(path.endsWith('modelport.yaml') ? 'modelport' : 'version');
    }
  });
});
