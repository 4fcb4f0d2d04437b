import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findEvidenceKind } from '@modelport/plugin-modelport-common';
import { EvidenceReaders } from '../../evidence/EvidenceReaders';
import { monitoringReaders } from '.';
import { windowOfPath } from './windowOfPath';

jest.setTimeout(60_000);

const APRIL = {
  start: '2019-04-01T00:00:00.000Z',
  end: '2019-05-01T00:00:00.000Z',
};

describe('readers of monitoring', () => {
  const readers = new EvidenceReaders();
  monitoringReaders.forEach(reader => readers.add(reader));
  afterAll(() => readers.stop());

  async function read(
    fixture: string,
    options: { path?: string; kind?: string } = {},
  ) {
    const { path = fixture, kind = null } = options;
    const result = await readers.read({
      bytes: readFileSync(resolve(__dirname, '../__fixtures__', fixture)),
      kind,
      path,
      mediaType: 'application/octet-stream',
    });
    if (result.refused !== undefined) {
      throw new Error(result.refused);
    }
    const body = result.body && JSON.parse(result.body);
    if (body) {
      findEvidenceKind(result.kind)?.body.parse(body);
    }
    return { ...result, body };
  }

  it('read an Evidently report, its window from its name', async () => {
    const { body, ...said } = await read('evidently_drift_2019-04.json');
    expect(said).toMatchObject({
      kind: 'drift',
      reader: 'evidently-drift/1',
      producer: { name: 'Evidently', version: null },
    });
    expect(body).toMatchObject({ window: APRIL, windowFrom: 'path' });
    expect(body.figures).toHaveLength(9);
    expect(body.figures[0]).toEqual({
      feature: null,
      statistic: 'DriftedColumnsCount (share)',
      value: 0.5,
      threshold: 0.5,
      direction: 'above',
      breach: true,
    });
    expect(body.figures[1]).toMatchObject({
      feature: 'car_value',
      statistic: 'Wasserstein distance (normed)',
      threshold: 0.1,
      direction: 'above',
      breach: true,
    });
    expect(body.figures[1].value).toBeCloseTo(0.923, 3);
  });

  it('know that p-values breach below, whether named or keyed', async () => {
    const named = await read('evidently_p_values.json', { kind: 'drift' });
    expect(
      named.body.figures.map(
        (f: { statistic: string; direction: string; breach: boolean }) => [
          f.statistic,
          f.direction,
          f.breach,
        ],
      ),
    ).toEqual([
      ['DriftedColumnsCount (share)', 'above', true],
      ['K-S p_value', 'below', true],
      ['K-S p_value', 'below', false],
      ['chi-square p_value', 'below', true],
    ]);
    expect(named.body.window).toBeNull();
    const keyed = await read('evidently_methods.json', { kind: 'drift' });
    expect(
      keyed.body.figures.find(
        (f: { statistic: string }) => f.statistic === 'ks',
      ),
    ).toMatchObject({ direction: 'below', breach: true });
  });

  it('read the same of json() and of dumps(), which says its month', async () => {
    const report = await read('evidently_with_tests.json', { kind: 'drift' });
    const dump = await read('evidently_dumps.json', { kind: 'drift' });
    expect(dump.body.figures).toEqual(report.body.figures);
    expect(dump.body).toMatchObject({ window: APRIL, windowFrom: 'document' });
  });

  it('read quality from Evidently, with its rows', async () => {
    const { body, kind } = await read('evidently_classification.json', {
      path: 'performance/evidently/2019-04.json',
    });
    expect(kind).toBe('performance');
    expect(body.window).toEqual(APRIL);
    expect(body.figures).toContainEqual({
      metric: 'Accuracy',
      kind: 'realised',
      value: 0.9065,
      n: null,
    });
  });

  it('say why a report without drift is no drift', async () => {
    const { body, message } = await read('evidently_data_summary.json', {
      kind: 'drift',
    });
    expect(body).toBeNull();
    expect(message).toMatch(/says nothing of drift/);
  });

  it('read univariate drift of NannyML with its sizes', async () => {
    const { body, reader } = await read('nannyml_univariate_drift.parquet');
    expect(reader).toBe('nannyml-drift/1');
    expect(body.figures).toHaveLength(15 * 8 * 4);
    const april = body.figures.filter(
      (f: { feature: string; window: object; statistic: string }) =>
        f.feature === 'car_value' &&
        JSON.stringify(f.window) === JSON.stringify(APRIL) &&
        f.statistic === 'kolmogorov_smirnov',
    );
    expect(april).toEqual([
      expect.objectContaining({
        breach: true,
        nReference: 20107,
        nCurrent: 4955,
        period: 'current',
      }),
    ]);
  });

  it('read the same estimate of NannyML from JSON and Parquet', async () => {
    const json = await read('nannyml_cbpe.json');
    const parquet = await read('nannyml_cbpe.parquet');
    expect(json.body.figures).toHaveLength(45);
    expect(parquet.body.figures).toHaveLength(45);
    json.body.figures.forEach(
      (figure: { value: number; lower: number }, place: number) => {
        const other = parquet.body.figures[place];
        expect(other).toEqual({
          ...figure,
          value: expect.closeTo(figure.value, 12),
          lower: expect.closeTo(figure.lower, 12),
          upper: expect.any(Number),
          lowerThreshold: expect.any(Number),
          upperThreshold: expect.any(Number),
        });
      },
    );
    expect(json.body.figures[0]).toMatchObject({
      metric: 'roc_auc',
      kind: 'estimated',
      method: 'CBPE',
      lower: 0.96518288935019,
      n: 5120,
      period: 'reference',
      window: {
        start: '2018-07-01T00:00:00.000Z',
        end: '2018-08-01T00:00:00.000Z',
      },
    });
  });

  it('read errors that NannyML estimates by DLE', async () => {
    for (const file of ['nannyml_dle.json', 'nannyml_dle.parquet']) {
      const { body } = await read(file);
      expect(body.figures).toHaveLength(2 * 8);
      expect(body.figures[8]).toMatchObject({
        metric: 'mae',
        kind: 'estimated',
        method: 'DLE',
        value: expect.closeTo(849.752235, 6),
        lower: expect.closeTo(829.12953, 2),
        upper: expect.closeTo(870.37294, 5),
        lowerThreshold: expect.closeTo(831.887504, 6),
        upperThreshold: expect.closeTo(862.617783, 6),
        labelled: null,
        period: 'current',
        n: 8_572,
      });
      expect(
        new Set(body.figures.map((f: { metric: string }) => f.metric)),
      ).toEqual(new Set(['mae', 'rmse']));
    }
  });

  it('read realised performance of NannyML with the share of labels', async () => {
    for (const file of [
      'nannyml_realized_performance.json',
      'nannyml_realized_performance.parquet',
    ]) {
      const { body } = await read(file);
      expect(body.figures).toHaveLength(45);
      expect(body.figures[0]).toMatchObject({
        metric: 'roc_auc',
        kind: 'realised',
        labelled: 1,
        lower: null,
      });
    }
  });

  it('read what SageMaker found wrong', async () => {
    const drift = await read('sagemaker_constraint_violations.json', {
      path: 'run/2019/04/30/23/constraint_violations.json',
    });
    expect(drift.body).toMatchObject({
      window: {
        start: '2019-04-30T23:00:00.000Z',
        end: '2019-05-01T00:00:00.000Z',
      },
      figures: [
        {
          feature: 'car_value',
          statistic: 'Numerical distance',
          value: 0.40480392715367225,
          threshold: 0.1,
          breach: true,
        },
        { feature: 'loan_length' },
      ],
      findings: [],
    });
    const attribution = await read(
      'sagemaker_explainability_constraint_violations.json',
    );
    expect(attribution.body.figures).toMatchObject([
      { feature: null, value: 0.774454130024665, direction: 'below' },
    ]);
    const bias = await read('sagemaker_bias_constraint_violations.json');
    expect(bias.body.findings).toMatchObject([{ check: 'bias_drift_check' }]);
  });

  it('read profiles, expectations and quality of SageMaker', async () => {
    const now = await read('sagemaker_statistics.json');
    expect(now.kind).toBe('profile');
    expect(now.body).toMatchObject({ period: 'current', window: null });
    expect(now.body.columns[0]).toMatchObject({
      feature: 'car_value',
      n: 4955,
      missing: 0,
    });
    expect(now.body.columns[0].edges).toHaveLength(
      now.body.columns[0].counts.length + 1,
    );
    const before = await read('sagemaker_statistics_baseline.json');
    expect(before.body.period).toBe('reference');
    const expected = await read('sagemaker_constraints.json', {
      path: 'constraints.json',
    });
    expect(expected.body.expectations).toMatchObject({
      comparisonThreshold: 0.1,
    });
    const quality = await read('sagemaker_model_quality_statistics.json');
    expect(quality).toMatchObject({
      kind: 'performance',
      producedAt: '2019-05-01T01:00:00.000Z',
      body: { window: APRIL },
    });
    expect(quality.body.figures).toContainEqual({
      metric: 'auc',
      kind: 'realised',
      value: 0.9585798575562999,
      n: 4955,
    });
  });

  it('read our own schema, and name what is wrong in it', async () => {
    const push = (body: unknown) =>
      readers.read({
        bytes: Buffer.from(JSON.stringify(body)),
        kind: 'drift',
        path: 'anything.json',
        mediaType: 'application/json',
      });
    const figures = [{ statistic: 'psi', value: 0.2, feature: 'a' }];
    expect(await push({ window: APRIL, figures })).toMatchObject({
      kind: 'drift',
      message: null,
    });
    expect(
      await push({ window: { start: APRIL.end, end: APRIL.start }, figures }),
    ).toMatchObject({ message: expect.stringMatching(/end after the start/) });
  });
});

it.each([
  ['a/drift_2018-11.json', '2018-11-01', '2018-12-01'],
  ['a/2018-12.json', '2018-12-01', '2019-01-01'],
  ['x/2024-02-29.json', '2024-02-29', '2024-03-01'],
  ['x/2024-01-01_2024-01-07.json', '2024-01-01', '2024-01-08'],
])('the window of %s', (path, start, end) => {
  expect(windowOfPath(path)).toEqual({
    start: `${start}T00:00:00.000Z`,
    end: `${end}T00:00:00.000Z`,
  });
});

it.each(['drift.json', 'x_12018-111.json', 'v1-2018-77.json', null])(
  'no window of %s',
  path => {
    expect(windowOfPath(path)).toBeNull();
  },
);
