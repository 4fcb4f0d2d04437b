import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { createTestRegistry } from '../__testUtils__/createTestRegistry';
import { MonitoringDocumentHead } from './MonitoringDocuments';
import { MonitoringProjector } from './MonitoringProjector';
import { MonitoringService } from './MonitoringService';
import { MonitoringStore } from './MonitoringStore';
import { PointsStore } from './PointsStore';
import { evidentlyDriftReader } from './readers/evidentlyDriftReader';

jest.setTimeout(60_000);

const CREATED = Date.parse('2018-11-01T00:00:00Z');
const ID = { source: 'fake', name: 'credit' };
const OF = { ...ID, version: '1', visibility: undefined };
const SUBJECT = {
  ...ID,
  version: '1',
  createdAt: new Date(CREATED).toISOString(),
};
const TOOL = { name: 'own', version: '1.2' };

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

function day(n: number) {
  const at = (d: number) => new Date(Date.UTC(2026, 0, d)).toISOString();
  return { start: at(n), end: at(n + 1) };
}

function psi(n: number, value: number, part: object = {}) {
  return {
    window: day(n),
    figures: [
      {
        feature: 'age',
        statistic: 'psi',
        value,
        threshold: 0.2,
        direction: 'above',
        bins: 10,
        nReference: 1_000,
        nCurrent: 1_000,
        ...part,
      },
    ],
  };
}

async function start(databaseId: Parameters<typeof databases.init>[0]) {
  const knex = await databases.init(databaseId);
  const registry = await createTestRegistry(knex, {
    logger: mockServices.logger.mock(),
  });
  const source = new FakeModelSource('fake');
  source.putModel({ name: 'credit', createdAt: CREATED });
  source.putVersion({ model: 'credit', version: '1', createdAt: CREATED });
  const { signal } = new AbortController();
  const models = await source.listModels({ signal });
  await registry.ingest.models.take('fake', models.items);
  const versions = await source.listVersions({ signal });
  await registry.ingest.versions.take(source, versions.items, { signal });

  const bodies = new Map<number, unknown>();
  const heads: MonitoringDocumentHead[] = [];
  const explanation = jest.fn().mockResolvedValue(null);
  const parts = {
    store: new MonitoringStore(knex),
    points: new PointsStore(knex),
    models: registry.service,
    standings: registry.standings,
    documents: {
      of: async () => heads,
      body: async (id: number) => bodies.get(id),
      ensure: async () => undefined,
      explanation,
    },
  };
  const projector = new MonitoringProjector(parts);
  return {
    knex,
    registry,
    explanation,
    service: new MonitoringService(parts),
    refresh: () => projector.refresh(ID),
    countAgain: (...digests: string[]) =>
      projector.countAgain(SUBJECT, digests),
    put: async (
      body: unknown,
      options: {
        kind?: string;
        id?: number;
        subject?: object;
        by?: string;
      } = {},
    ) => {
      const id = options.id ?? heads.length + 1;
      bodies.set(id, body);
      heads.push({
        id,
        digest: `d${id}`,
        kind: options.kind ?? 'drift',
        subject: { ...SUBJECT, ...options.subject },
        producer: TOOL,
        by: options.by ?? null,
      });
      await projector.refresh(ID);
    },
    driftOfModel: async () => {
      const { drift } = await registry.service.get('fake', 'credit', undefined);
      return drift;
    },
  };
}

describe.each(databases.eachSupportedId())('monitoring on %s', databaseId => {
  it('makes series of points, and tells the drift state of the model', async () => {
    const { service, put, driftOfModel } = await start(databaseId);
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

  it('puts what no column holds into no series, says so, and goes on with the rest', async () => {
    const { service, put } = await start(databaseId);
    await put(psi(1, 0.01, { bins: 2 ** 40 }));
    await put(
      {
        window: day(1),
        figures: [
          {
            metric: 'auc',
            kind: 'estimated',
            method: 'x'.repeat(400),
            value: 1,
          },
        ],
      },
      { kind: 'performance' },
    );
    await put(psi(3, 0.03));
    const { series, unplaced } = await service.get(OF);
    expect(series.map(({ feature }) => feature)).toEqual(['age']);
    expect(unplaced.map(({ reason }) => reason).sort()).toEqual([
      expect.stringContaining('bins'),
      expect.stringContaining('method'),
    ]);
  });

  it('says nothing of a breach that noise alone would give', async () => {
    const { service, put, driftOfModel } = await start(databaseId);
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

  it('takes no p-value for drift that chance explains among many features', async () => {
    const { service, put, driftOfModel } = await start(databaseId);
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

  it('takes windows late, twice and out of order; of the same window the newer document counts', async () => {
    const { service, put, refresh } = await start(databaseId);
    await put(psi(3, 0.03));
    await put(psi(1, 0.01), { id: 3 });
    await put(psi(1, 0.99), { id: 2 });
    await refresh();
    const { series } = await service.get(OF);
    expect(series[0].points.map(({ start: at, value }) => [at, value])).toEqual(
      [
        [day(1).start, 0.01],
        [day(3).start, 0.03],
      ],
    );
  });

  it('keeps windows that overlap beside each other', async () => {
    const { service, put, driftOfModel } = await start(databaseId);
    const month = { start: day(1).start, end: day(29).start };
    await put({ ...psi(1, 0.5), window: month });
    await put(psi(28, 0.01));
    const { series } = await service.get(OF);
    expect(
      series[0].points.map(({ start: from, end, value }) => [from, end, value]),
    ).toEqual([
      [month.start, month.end, 0.5],
      [day(28).start, day(28).end, 0.01],
    ]);
    expect((await service.heatMap(OF)).windows).toEqual([month, day(28)]);
    expect(await driftOfModel()).toBe('none');
  });

  it('says of a window that was computed anew what is so now, and nothing else', async () => {
    const { service, put, driftOfModel } = await start(databaseId);
    const finding = { feature: 'age', check: 'type', message: 'No numbers' };
    await put({ ...psi(1, 0.5), findings: [finding] });
    const of = { by: 'modelport:monitor' };
    await put({ ...psi(2, 0.5), findings: [finding] }, of);
    await put(
      {
        ...psi(2, 0.1),
        figures: [
          ...psi(2, 0.1).figures,
          { feature: 'x', statistic: 'psi', value: 1 },
        ],
      },
      of,
    );
    await put(psi(2, 0.05), of);
    const { series, integrity } = await service.get(OF);
    expect(
      series.map(({ feature, points }) => [
        feature,
        points.map(({ value }) => value),
      ]),
    ).toEqual([['age', [0.5, 0.05]]]);
    // What others say of a window is a part of it.
    expect(integrity.map(({ start: at }) => at)).toEqual([day(1).start]);
    expect(await driftOfModel()).toBe('none');
  });

  it('says again what was so before a change that was taken back', async () => {
    const { service, put, countAgain, driftOfModel } = await start(databaseId);
    const of = { by: 'modelport:monitor' };
    const values = async () =>
      (await service.get(OF)).series.map(({ feature, points }) => [
        feature,
        points.map(({ value }) => value),
      ]);
    await put(psi(1, 0.1), of);
    await put(psi(1, 0.5, { feature: 'income' }), of);
    await put(psi(1, 0.6), of);
    expect(await values()).toEqual([['age', [0.6]]]);
    await countAgain('d1');
    await countAgain('d1');
    expect(await values()).toEqual([['age', [0.1]]]);
    expect(await driftOfModel()).toBe('none');
    await countAgain('d2');
    expect(await values()).toEqual([['income', [0.5]]]);
    expect(await driftOfModel()).toBe('warning');
    await put(psi(1, 0.7), of);
    expect(await values()).toEqual([['age', [0.7]]]);
  });

  it('comes back from the evidence after all of it was lost', async () => {
    const { service, put, knex, refresh } = await start(databaseId);
    await put(psi(1, 0.3));
    await put(psi(1, 0.4));
    await put(
      { figures: [{ metric: 'auc', kind: 'realised', value: 0.9 }] },
      { kind: 'performance' },
    );
    const before = await service.get(OF);
    for (const table of ['points', 'series', 'documents']) {
      await knex(`monitoring_${table}`).delete();
    }
    expect((await service.get(OF)).series).toEqual([]);
    await refresh();
    expect(await service.get(OF)).toEqual(before);
  });

  it('names evidence without a window', async () => {
    const { service, put } = await start(databaseId);
    await put({ ...psi(1, 0.3), window: null });
    const { series, unplaced } = await service.get(OF);
    expect(series).toEqual([]);
    expect(unplaced).toEqual([
      {
        digest: 'd1',
        kind: 'drift',
        reason: expect.stringMatching(/nothing of the time/),
      },
    ]);
  });

  it('keeps tools, statistics and what is not finite apart', async () => {
    const { service, put } = await start(databaseId);
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
    const { service, put } = await start(databaseId);
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
    const { service, put, explanation } = await start(databaseId);
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
    const { service } = await start(databaseId);
    await expect(service.get({ ...OF, from: 'x' })).rejects.toThrow(
      /from is no time/,
    );
    await expect(service.get({ ...OF, version: '9' })).rejects.toThrow(
      /no version/i,
    );
  });
});
