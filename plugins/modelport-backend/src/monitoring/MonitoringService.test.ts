import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { day, OF, psi, startMonitoring } from './__testUtils__/startMonitoring';
import { evidentlyDriftReader } from './readers/evidentlyDriftReader';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('monitoring on %s', databaseId => {
  it('makes series of points, and tells the drift state of the model', async () => {
    const { service, put, driftOfModel } = await startMonitoring(
      await databases.init(databaseId),
    );
    expect(await driftOfModel()).toBe('unknown');
    await put(psi(1, 0.01));
    expect(await driftOfModel()).toBe('none');
    await put(psi(2, 0.3));
    expect(await driftOfModel()).toBe('warning');
    await put(psi(3, 0.4));
    expect(await driftOfModel()).toBe('drifting');
    const monitoring = await service.get(OF);
    expect(monitoring).toMatchObject({ drift: 'drifting', unplaced: [] });
    expect(monitoring.series).toEqual([
      {
        feature: 'age',
        statistic: 'psi',
        tool: 'own',
        toolVersion: '1.2',
        threshold: 0.2,
        direction: 'above',
        bins: 10,
        points: [0.01, 0.3, 0.4].map((value, place) => ({
          ...day(place + 1),
          period: 'current',
          value,
          threshold: 0.2,
          lowerThreshold: null,
          noiseFloor: 9 * (1 / 1_000 + 1 / 1_000),
          nReference: 1_000,
          nCurrent: 1_000,
          breach: value > 0.2,
          sayable: value > 0.018,
          evidence: `d${place + 1}`,
        })),
      },
    ]);
    expect(
      (await service.get({ ...OF, from: day(2).start, to: day(3).start }))
        .series[0].points,
    ).toMatchObject([{ value: 0.3 }]);
    expect(await service.get({ ...OF, feature: 'other' })).toMatchObject({
      drift: 'drifting',
      series: [],
    });
    expect(await service.get({ ...OF, parts: ['performance'] })).toMatchObject({
      drift: 'drifting',
      series: [],
    });
  });

  it('forgets what a newer document of the same window says no more', async () => {
    const { service, put } = await startMonitoring(
      await databases.init(databaseId),
    );
    await put(psi(1, 0.3));
    await put({
      window: day(1),
      figures: [{ feature: 'age', statistic: 'psi', value: 0.1 }],
    });
    const [{ points }] = (await service.get(OF)).series;
    expect(points).toMatchObject([
      {
        value: 0.1,
        threshold: null,
        nReference: null,
        nCurrent: null,
        noiseFloor: null,
        breach: null,
      },
    ]);
  });

  it('tells which columns its own monitor checked in the newest window of the time asked for, and of profiles of others nothing', async () => {
    const { service, put } = await startMonitoring(
      await databases.init(databaseId),
    );
    const profile = (n: number, rows: Record<string, number>) => ({
      window: day(n),
      columns: Object.entries(rows).map(([feature, count]) => ({
        feature,
        n: count,
        missing: 0,
      })),
    });
    const own = { kind: 'profile', tool: 'Modelport' };
    expect((await service.get(OF)).checked).toEqual([]);
    await put(profile(1, { age: 10, income: 10 }), own);
    await put(profile(2, { age: 10, income: 0 }), own);
    await put(profile(2, { other: 10 }), { kind: 'profile' });
    const age = { feature: 'age', tool: 'Modelport' };
    expect((await service.get(OF)).checked).toEqual([{ ...age, ...day(2) }]);
    expect(
      (await service.get({ ...OF, to: day(2).start })).checked,
    ).toMatchObject([
      { ...age, ...day(1) },
      { feature: 'income', ...day(1) },
    ]);
    expect((await service.get({ ...OF, feature: 'income' })).checked).toEqual(
      [],
    );
    expect(
      (await service.get({ ...OF, parts: ['performance'] })).checked,
    ).toEqual([]);
  });

  it('takes an empty list of findings for a check that found nothing, in the newest window of each tool', async () => {
    const { service, put } = await startMonitoring(
      await databases.init(databaseId),
    );
    const message = 'Half of it';
    const findings = [{ feature: 'age', check: 'completeness', message }];
    await put({ window: day(1), figures: [], findings });
    await put({ window: day(2), figures: [], findings: [] });
    await put(
      { window: day(1), figures: [], findings: [] },
      { tool: 'another' },
    );
    await put(psi(3, 0.3));
    const { checked, integrity } = await service.get(OF);
    expect(integrity).toMatchObject([{ feature: 'age', ...day(1) }]);
    expect(checked).toEqual([
      { feature: null, tool: 'own', ...day(2) },
      { feature: null, tool: 'another', ...day(1) },
    ]);
    expect((await service.get({ ...OF, feature: 'age' })).checked).toEqual([]);
    await put({ figures: [], findings: [] });
    expect((await service.get(OF)).unplaced).toMatchObject([{ digest: 'd5' }]);
  });

  it('says nothing of a breach that noise alone would give', async () => {
    const { service, put, driftOfModel } = await startMonitoring(
      await databases.init(databaseId),
    );
    const few = { nReference: 200, nCurrent: 200, threshold: 0.05 };
    await put(psi(1, 0.08, few));
    await put(psi(2, 0.08, few));
    expect(await driftOfModel()).toBe('none');
    const { series } = await service.get(OF);
    expect(series[0].points[0]).toMatchObject({
      noiseFloor: expect.closeTo(0.09),
      sayable: false,
      breach: true,
    });
    expect((await service.heatMap(OF)).rows[0].states).toBe('nn');
  });

  it('tells the floor of each window by its own bins', async () => {
    const { service, put } = await startMonitoring(
      await databases.init(databaseId),
    );
    await put(psi(1, 0.01, { bins: 2 }));
    await put(psi(2, 0.01, { bins: 11 }));
    const [{ points }] = (await service.get(OF)).series;
    expect(
      points.map(({ noiseFloor, sayable }) => [noiseFloor, sayable]),
    ).toEqual([
      [expect.closeTo(0.002, 10), true],
      [expect.closeTo(0.02, 10), false],
    ]);
    expect((await service.heatMap(OF)).rows[0].states).toBe('on');
  });

  it('takes no p-value for drift that chance explains among many features', async () => {
    const { service, put, driftOfModel } = await startMonitoring(
      await databases.init(databaseId),
    );
    const tests = (n: number, values: number[]) => ({
      window: day(n),
      figures: values.map((value, place) => ({
        feature: `f${place}`,
        statistic: 'ks',
        value,
        threshold: 0.05,
        direction: 'below',
      })),
    });
    const chance = [0.03, ...Array.from({ length: 19 }, () => 0.4)];
    await put(tests(1, chance));
    expect((await service.get(OF)).series[0].points[0].breach).toBe(true);
    expect(await driftOfModel()).toBe('none');
    await put(tests(2, [0.001, ...chance.slice(1)]));
    expect(await driftOfModel()).toBe('warning');
  });

  it('keeps tools, statistics and what is not finite apart', async () => {
    const { service, put } = await startMonitoring(
      await databases.init(databaseId),
    );
    const { figures } = psi(1, 0.3);
    await put({
      window: day(1),
      figures: [
        ...figures,
        { ...figures[0], statistic: 'ks', direction: 'below', value: 0.01 },
        { ...figures[0], feature: 'b', value: 'NaN' },
      ],
    });
    const { series } = await service.get(OF);
    expect(
      series.map(({ feature, statistic, points: [point] }) => [
        feature,
        statistic,
        point.value,
        point.breach,
        point.sayable,
      ]),
    ).toEqual([
      ['age', 'psi', 0.3, true, true],
      ['age', 'ks', 0.01, true, null],
      ['b', 'psi', 'NaN', null, null],
    ]);
  });

  it('shows performance, findings and profiles', async () => {
    const { service, put } = await startMonitoring(
      await databases.init(databaseId),
    );
    await put(
      {
        window: day(1),
        labels: 'accepted-only',
        figures: [
          {
            metric: 'log_loss',
            kind: 'estimated',
            method: 'CBPE',
            value: 0.4,
            lower: 0.3,
            upper: 0.5,
            lowerThreshold: 0.1,
            upperThreshold: 0.39,
          },
          { metric: 'log_loss', kind: 'realised', value: 0.2, labelled: 0.5 },
        ],
      },
      { kind: 'performance' },
    );
    await put({
      window: day(1),
      figures: [],
      findings: [{ feature: 'age', check: 'completeness', message: 'Half' }],
    });
    await put(
      {
        window: day(1),
        columns: [
          { feature: 'age', n: 5, missing: 2, edges: [0, 1], counts: [5] },
        ],
      },
      { kind: 'profile' },
    );
    expect(await service.get(OF)).toMatchObject({
      performance: [
        {
          metric: 'log_loss',
          kind: 'estimated',
          labels: 'accepted-only',
          threshold: 0.39,
          assumption: expect.stringMatching(/^CBPE: holds while/),
          points: [{ value: 0.4, lower: 0.3, breach: true, open: false }],
        },
        {
          kind: 'realised',
          threshold: null,
          assumption: null,
          points: [{ labelled: 0.5, open: true, breach: null }],
        },
      ],
      integrity: [{ feature: 'age', check: 'completeness', message: 'Half' }],
      profiles: [
        { feature: 'age', windows: [{ n: 5, missing: 2, edges: [0, 1] }] },
      ],
    });
  });

  it('orders the heat map of a real report by drift and importance', async () => {
    const { service, put, explanation } = await startMonitoring(
      await databases.init(databaseId),
    );
    const { body } = await evidentlyDriftReader.read(
      readFileSync(
        resolve(__dirname, '__fixtures__/evidently_drift_2019-04.json'),
      ),
      { path: 'drift_2019-04.json', mediaType: '' },
    );
    await put(body);
    const first = await service.heatMap(OF);
    expect(first).toMatchObject({
      importance: null,
      windows: [{ start: '2019-04-01T00:00:00.000Z' }],
    });
    expect(first.rows[0]).toMatchObject({ feature: 'car_value', states: 'b' });
    expect((await service.get({ ...OF, feature: '*' })).series).toMatchObject([
      { feature: null, statistic: 'DriftedColumnsCount (share)' },
    ]);
    explanation.mockResolvedValue({
      digest: 'e1',
      body: {
        explains: {
          output: 'margin',
          calibrated: null,
          outcome: null,
          link: 'logit',
        },
        perturbation: null,
        background: null,
        features: [],
        classes: [],
        rowCount: 1,
        outputs: [
          {
            baseValue: 0,
            baseValueVaries: false,
            groups: [],
            additivity: { maxError: null, ok: null },
            features: Object.entries({ loan_length: 1.5, car_value: 0.1 }).map(
              ([name, meanAbs]) => ({
                name,
                meanAbs,
                lower: null,
                upper: null,
                rank: 1,
                direction: null,
                rankCorrelation: null,
                group: null,
              }),
            ),
          },
        ],
      },
    });
    const second = await service.heatMap(OF);
    expect(second.importance).toBe('e1');
    expect(second.rows[0]).toMatchObject({
      feature: 'loan_length',
      importance: 1.5,
    });
  });

  it('refuses a time that is none, and a version that is not there', async () => {
    const { service } = await startMonitoring(await databases.init(databaseId));
    await expect(service.get({ ...OF, from: 'x' })).rejects.toThrow(
      /from is no time/,
    );
    await expect(service.get({ ...OF, version: '9' })).rejects.toThrow(
      /no version/i,
    );
  });
});
