import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Version } from '@modelport/plugin-modelport-common';
import fc from 'fast-check';
import { createTestRegistry } from '../../__testUtils__/createTestRegistry';
import { MonitorRunner, RunResult } from './MonitorRunner';
import { MonitorsService } from './MonitorsService';
import { MonitorsStore } from './MonitorsStore';
import { countRows } from './countRows';
import { mergeCounts, ObservationCounts } from './ObservationCounts';
import { mergePerformance, performanceFigures } from './performanceCounts';
import { performanceOfRows } from './performanceOfRows';
import { ReferenceColumn } from './ReferenceProfile';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const CREATED = Date.parse('2026-01-01T00:00:00Z');
const ID = { source: 'fake', name: 'credit', visibility: undefined };
const OF = { ...ID, version: '1' };
const DAY = 86_400_000;
const ADA = 'user:default/ada';

const AGE: ReferenceColumn = {
  name: 'age',
  type: 'numeric',
  personal: false,
  edges: [0, 20, 40, 60],
  counts: {
    feature: 'age',
    n: 300,
    missing: 0,
    unseen: null,
    wrongType: 0,
    outside: 0,
    edges: [0, 20, 40, 60],
    categories: null,
    counts: [100, 100, 100],
    mean: 30,
    standardDeviation: 17,
    min: 0,
    max: 60,
  },
};
const KIND: ReferenceColumn = {
  name: 'kind',
  type: 'categorical',
  personal: false,
  edges: null,
  counts: {
    feature: 'kind',
    n: 300,
    missing: 0,
    unseen: 0,
    wrongType: 0,
    categories: ['a', 'b', '(other)'],
    counts: [200, 100, 0],
  },
};

const DEFINITION = {
  reference: { data: { path: '/data/train.csv' } },
  time: { column: 'at' },
  label: {
    column: 'label',
    prediction: 'score',
    task: 'probability',
    segments: ['kind'],
  },
};

async function start(databaseId: Parameters<typeof databases.init>[0]) {
  const knex = await databases.init(databaseId);
  const logger = mockServices.logger.mock();
  const registry = await createTestRegistry(knex, { logger });
  const source = new FakeModelSource('fake');
  source.putModel({ name: 'credit', createdAt: CREATED });
  source.putVersion({ model: 'credit', version: '1', createdAt: CREATED });
  const { signal } = new AbortController();
  const take = async () => {
    const { items } = await source.listModels({ signal });
    await registry.ingest.models.take('fake', items);
  };
  await take();
  const versions = await source.listVersions({ signal });
  await registry.ingest.versions.take(source, versions.items, { signal });
  const clock = { now: Date.parse('2026-02-10T00:00:00Z') };
  const store = new MonitorsStore(knex);
  const run = jest.fn(
    async (_definition: unknown, _version: Version): Promise<RunResult> => ({
      reference: { columns: [AGE, KIND], rows: 300 },
      referenceState: 'r1',
      windows: 0,
    }),
  );
  const runner: Pick<MonitorRunner, 'run'> = { run };
  const now = () => new Date(clock.now);
  const monitors = new MonitorsService({
    store,
    models: registry.service,
    runner,
    logger,
    now,
  });
  const gone = new Set<string>();
  const pushed: Array<{ kind: string; body: Record<string, unknown> }> = [];
  const observations = new ObservationCounts({
    store,
    monitors,
    models: registry.service,
    evidence: {
      push: async ({ version, documents }) => {
        if (gone.has(version)) {
          throw new NotFoundError(`There is no version ${version}`);
        }
        pushed.push(...documents.map(({ bytes }) => JSON.parse(String(bytes))));
        return { items: [] };
      },
    },
    logger,
    publishEvery: 60_000,
    keepCountsDays: 100,
    now,
  });
  return {
    knex,
    source,
    take,
    clock,
    store,
    monitors,
    observations,
    gone,
    registry,
    pushed,
    run,
    signal,
  };
}

const rowAt = (at: string, more: object = {}) => ({
  at,
  age: 30,
  kind: 'a',
  ...more,
});

describe.each(databases.eachSupportedId())('monitors on %s', databaseId => {
  it('count rows in the window of their time, whatever order they come in, and each batch once', async () => {
    const { monitors, observations, pushed, signal } = await start(databaseId);
    await expect(
      observations.take(OF, { rows: [rowAt('2026-02-09T10:00:00Z')] }),
    ).rejects.toThrow('has no monitor');
    await monitors.declare(ID, DEFINITION, 'user:default/ada');
    await expect(
      observations.take(OF, { rows: [rowAt('2026-02-09T10:00:00Z')] }),
    ).rejects.toThrow('was not read yet');
    await monitors.continueRound({ signal });

    const late = {
      id: 'late',
      rows: [
        rowAt('2026-02-01T23:59:59Z', { age: 70, kind: 'c', score: 0.9 }),
        rowAt('2026-02-02T00:00:00Z', { age: 'a secret' }),
        { age: 1, kind: 'a' },
      ],
    };
    const first = await observations.take(OF, {
      rows: [rowAt('2026-02-09T10:00:00Z', { score: 0.2, label: 0 })],
    });
    expect(first).toEqual({
      rows: 1,
      labels: 0,
      withoutTime: 0,
      notTaken: [],
      repeated: false,
      windows: [
        { start: '2026-02-09T00:00:00.000Z', end: '2026-02-10T00:00:00.000Z' },
      ],
    });
    expect(await observations.take(OF, late)).toMatchObject({
      rows: 2,
      withoutTime: 1,
      repeated: false,
    });
    expect(await observations.take(OF, late)).toMatchObject({
      rows: 0,
      repeated: true,
    });
    await observations.take(OF, {
      rows: [rowAt('2026-02-01T08:00:00Z', { age: null })],
    });
    await observations.publish({ signal });
    const profiles = pushed.filter(({ kind }) => kind === 'profile');
    expect(profiles.map(({ body }) => body.window).sort(byStart)).toMatchObject(
      [
        { start: '2026-02-01T00:00:00.000Z' },
        { start: '2026-02-02T00:00:00.000Z' },
        { start: '2026-02-09T00:00:00.000Z' },
      ],
    );
    const [{ body }] = profiles.sort((a, b) =>
      byStart(a.body.window, b.body.window),
    );
    expect(body.columns).toMatchObject([
      { feature: 'age', n: 1, missing: 1, outside: 1, counts: [0, 0, 1] },
      { feature: 'kind', n: 2, unseen: 1, counts: [1, 0, 1] },
    ]);
    expect(JSON.stringify(pushed)).not.toContain('a secret');

    const before = pushed.length;
    await observations.publish({ signal });
    expect(pushed).toHaveLength(before);
  });

  describe('and labels that come later', () => {
    const at = '2026-02-01T10:00:00Z';
    const sent = (score: number, more: object = {}) =>
      rowAt(at, { score, ...more });
    const performanceOf = (pushed: Array<{ kind: string; body: object }>) => {
      const [last] = pushed
        .filter(({ kind }) => kind === 'performance')
        .slice(-1);
      return JSON.parse(JSON.stringify(last.body)).figures.filter(
        ({ metric }: { metric: string }) => metric.startsWith('roc_auc'),
      );
    };

    it('join them to the rows of their windows, as if they had come together', async () => {
      const one = await start(databaseId);
      await one.monitors.declare(ID, DEFINITION, ADA);
      await one.monitors.continueRound(one);
      const scores = [0.1, 0.3, 0.35, 0.8, 0.7];
      const labels = [0, 0, 1, 1, 0];
      await one.observations.take(OF, {
        rows: scores.map(score => sent(score)),
      });
      const batch = {
        id: 'labels',
        labels: scores.map((score, place) => ({
          at,
          score,
          kind: 'a',
          label: labels[place],
        })),
      };
      expect(await one.observations.take(OF, batch)).toMatchObject({
        rows: 0,
        labels: 5,
        notTaken: [],
      });
      expect(await one.observations.take(OF, batch)).toMatchObject({
        labels: 0,
        repeated: true,
      });
      await one.observations.publish(one);
      const together = await start(databaseId);
      await together.monitors.declare(ID, DEFINITION, ADA);
      await together.monitors.continueRound(together);
      await together.observations.take(OF, {
        rows: scores.map((score, place) =>
          sent(score, { label: labels[place] }),
        ),
      });
      await together.observations.publish(together);
      expect(one.pushed).toEqual(together.pushed);
      expect(performanceOf(one.pushed)).toMatchObject([
        { n: 5, labelled: 1, slice: null },
        { n: 5, labelled: 1, slice: 'kind = a' },
      ]);
    });

    it('say which were not taken and why, and leave the counts as they are', async () => {
      const { monitors, observations, pushed, ...rest } = await start(
        databaseId,
      );
      await monitors.declare(ID, DEFINITION, ADA);
      await monitors.continueRound(rest);
      await observations.take(OF, { rows: [sent(0.1), sent(0.9)] });
      const label = (more: object) => ({ at, kind: 'a', score: 0.5, ...more });
      expect(
        await observations.take(OF, {
          labels: [
            label({ label: 1 }),
            { at, label: 1 },
            label({}),
            { label: 1, score: 0.1 },
            label({ label: 1, at: '2026-02-05T10:00:00Z' }),
          ],
        }),
      ).toMatchObject({
        labels: 1,
        notTaken: [
          { what: 'label', count: 1, reason: /say no time/ },
          { what: 'label', count: 1, reason: /without their prediction/ },
          { what: 'label', count: 1, reason: 'They have none.' },
          { what: 'label', count: 1, reason: /from 2026-02-05.*fewer pred/ },
        ].map(one => ({ ...one, reason: expect.stringMatching(one.reason) })),
      });
      expect(
        await observations.take(OF, {
          labels: [label({ label: 1 }), label({ label: 0 })],
        }),
      ).toMatchObject({ labels: 0, notTaken: [{ count: 2 }] });
      expect(
        await observations.take(OF, {
          labels: [label({ kind: 'z', label: 1 })],
        }),
      ).toMatchObject({ labels: 0, notTaken: [{ count: 1 }] });
      expect(
        await observations.take(OF, { rows: [rowAt(at, { label: 1 })] }),
      ).toMatchObject({
        rows: 1,
        notTaken: [
          {
            what: 'label',
            reason: expect.stringContaining('rows are not kept'),
          },
        ],
      });
      await observations.publish(rest);
      const [document] = pushed.filter(({ kind }) => kind === 'performance');
      expect(JSON.stringify(document.body)).toContain('"labelled":0.5');
    });

    it('close a window when they mature, without another row', async () => {
      const { monitors, observations, pushed, clock, ...rest } = await start(
        databaseId,
      );
      await monitors.declare(
        ID,
        { ...DEFINITION, label: { ...DEFINITION.label, maturesAfterDays: 30 } },
        ADA,
      );
      await monitors.continueRound(rest);
      await observations.take(OF, {
        rows: [sent(0.1, { label: 0 }), sent(0.9, { label: 1 }), sent(0.2)],
      });
      await observations.publish(rest);
      const shares = () =>
        pushed
          .filter(({ kind }) => kind === 'performance')
          .map(
            ({ body }) => JSON.parse(JSON.stringify(body)).figures[0].labelled,
          );
      expect(shares()).toEqual([2 / 3]);
      clock.now += 30 * DAY;
      await observations.publish(rest);
      await observations.publish(rest);
      expect(shares()).toEqual([2 / 3, null]);
    });
  });

  it('are forgotten some time after the last rows of their windows, of which nothing is counted any more', async () => {
    const { monitors, observations, pushed, clock, knex, ...rest } =
      await start(databaseId);
    await monitors.declare(ID, DEFINITION, ADA);
    await monitors.continueRound(rest);
    const batch = { id: 'old', rows: [rowAt('2026-02-01T10:00:00Z')] };
    await observations.take(OF, batch);
    await observations.publish(rest);
    const kept = async () => [
      (await knex('monitoring_counts').whereNotNull('counts')).length,
      (await knex('monitoring_batches')).length,
    ];
    clock.now += 90 * DAY;
    await observations.forgetOld();
    expect(await kept()).toEqual([1, 1]);
    clock.now += 11 * DAY;
    await observations.forgetOld();
    expect(await kept()).toEqual([0, 0]);
    const before = pushed.length;
    expect(await observations.take(OF, batch)).toMatchObject({
      rows: 0,
      notTaken: [
        {
          what: 'row',
          count: 1,
          reason: expect.stringContaining('were forgotten'),
        },
      ],
    });
    await observations.publish(rest);
    expect(pushed).toHaveLength(before);
    expect(await kept()).toEqual([0, 1]);

    // Rows as old of a window that nobody sent rows for are new.
    expect(
      await observations.take(OF, { rows: [rowAt('2026-01-31T10:00:00Z')] }),
    ).toMatchObject({ rows: 1, notTaken: [] });
    await observations.forgetOld();
    await observations.publish(rest);
    await observations.forgetOld();
    expect(pushed.length).toBeGreaterThan(before);
    expect(await kept()).toEqual([1, 1]);
  });

  it('are kept as long as labels of their windows are waited for', async () => {
    const { monitors, observations, clock, knex, ...rest } = await start(
      databaseId,
    );
    await monitors.declare(
      ID,
      { ...DEFINITION, label: { ...DEFINITION.label, maturesAfterDays: 200 } },
      ADA,
    );
    await monitors.continueRound(rest);
    await observations.take(OF, {
      rows: [rowAt('2026-02-01T10:00:00Z', { score: 0.2 })],
    });
    clock.now += 150 * DAY;
    await observations.publish(rest);
    await observations.forgetOld();
    expect(await knex('monitoring_counts')).toHaveLength(1);
    clock.now += 60 * DAY;
    await observations.publish(rest);
    await observations.forgetOld();
    expect(await knex('monitoring_counts').whereNotNull('counts')).toEqual([]);
  });

  it('go on with others where a version is gone, and refuse rows of too many times', async () => {
    const { monitors, observations, source, registry, gone, pushed, signal } =
      await start(databaseId);
    source.putVersion({ model: 'credit', version: '2', createdAt: CREATED });
    const versions = await source.listVersions({ signal });
    await registry.ingest.versions.take(source, versions.items, { signal });
    await monitors.declare(ID, DEFINITION, 'user:default/ada');
    await monitors.continueRound({ signal });
    const rows = [rowAt('2026-02-01T10:00:00Z')];
    await observations.take(OF, { rows });
    await observations.take({ ...OF, version: '2' }, { rows });
    gone.add('1');
    await observations.publish({ signal });
    expect(pushed.map(({ kind }) => kind)).toEqual(['profile', 'drift']);
    await observations.publish({ signal });
    expect(pushed).toHaveLength(2);
    await expect(
      observations.take(OF, {
        rows: Array.from({ length: 300 }, (_, n) =>
          rowAt(new Date(CREATED - n * DAY).toISOString()),
        ),
      }),
    ).rejects.toThrow('in 300 windows; at most 200');
  });

  it('tell of every batch, whichever was there first', async () => {
    const { clock, monitors, observations, store, pushed, signal } =
      await start(databaseId);
    await monitors.declare(ID, DEFINITION, 'user:default/ada');
    await monitors.continueRound({ signal });
    const rows = [rowAt('2026-02-01T10:00:00Z')];
    const began = clock.now;
    clock.now += 1_000;
    await observations.take(OF, { rows });
    await observations.publish({ signal });
    // One that began before, and took longer.
    clock.now = began;
    await observations.take(OF, { rows });
    clock.now = began + 1_000;
    await observations.publish({ signal });
    expect(
      pushed.filter(({ kind }) => kind === 'profile').at(-1),
    ).toMatchObject({ body: { columns: [{ n: 2 }, { n: 2 }] } });
    expect(
      await store.changedCounts({
        toldBefore: new Date(clock.now + DAY).toISOString(),
        endedBefore: clock.now + DAY,
        matureBefore: new Date(clock.now + DAY).toISOString(),
        most: 10,
      }),
    ).toEqual([]);
  });

  it('of those that wait longest come first', async () => {
    const { monitors, source, take, registry, run, clock, signal } =
      await start(databaseId);
    source.putModel({ name: 'other', createdAt: CREATED });
    source.putVersion({ model: 'other', version: '1', createdAt: CREATED });
    await take();
    const versions = await source.listVersions({ signal });
    await registry.ingest.versions.take(source, versions.items, { signal });
    const other = { ...ID, name: 'other' };
    for (const model of [ID, other]) {
      await monitors.declare(model, DEFINITION, 'user:default/ada');
    }
    const asked: string[] = [];
    const part = new AbortController();
    run.mockImplementation(async (_definition: unknown, { name }: Version) => {
      asked.push(name);
      clock.now += 600_000;
      part.abort();
      throw new Error('It took too long');
    });
    await monitors.continueRound({ signal: part.signal });
    for (const _round of [1, 2, 3]) {
      clock.now += 600_000;
      const round = new AbortController();
      run.mockImplementationOnce(
        async (_definition: unknown, { name }: Version) => {
          asked.push(name);
          clock.now += 600_000;
          round.abort();
          throw new Error('It took too long');
        },
      );
      await monitors.continueRound({ signal: round.signal });
    }
    expect(new Set(asked.slice(0, 2)).size).toBe(2);
    expect(asked[2]).toBe(asked[0]);
  });

  it('run again only where something changed, and keep the reference when that fails', async () => {
    const { monitors, run, signal, source, take, clock } = await start(
      databaseId,
    );
    source.putModel({
      name: 'credit',
      createdAt: CREATED,
      monitor: { reference: { data: { artefact: 'train.csv' } } },
    });
    await take();
    await monitors.continueRound({ signal });
    await monitors.continueRound({ signal });
    expect(run).toHaveBeenCalledTimes(1);
    expect(await monitors.get(ID, { mayConfigure: false })).toMatchObject({
      declaredBy: 'source',
      problem: null,
      referenceRows: 300,
      columns: 2,
    });

    await monitors.declare(ID, DEFINITION, 'user:default/ada');
    run.mockRejectedValueOnce(new Error('There is no file /data/train.csv'));
    await monitors.continueRound({ signal });
    expect(await monitors.get(ID, { mayConfigure: true })).toMatchObject({
      declaredBy: 'user:default/ada',
      message: 'There is no file /data/train.csv',
      referenceRows: 300,
    });
    await monitors.continueRound({ signal });
    expect(run).toHaveBeenCalledTimes(2);
    clock.now += DAY;
    await monitors.continueRound({ signal });
    expect(run).toHaveBeenCalledTimes(3);
    await monitors.withdraw(ID);
    expect(await monitors.get(ID, { mayConfigure: true })).toMatchObject({
      declaredBy: 'source',
    });
    await expect(monitors.withdraw(ID)).rejects.toThrow('nothing was changed');
  });

  it('refuse what is no definition, and say what is wrong with that of the source', async () => {
    const { monitors, source, take } = await start(databaseId);
    await expect(
      monitors.declare(ID, { reference: {} }, 'user:default/ada'),
    ).rejects.toThrow('expected data, a window, or both');
    await expect(
      monitors.declare(
        ID,
        { ...DEFINITION, time: { column: 'at', zone: 'Mars/Olympus' } },
        'user:default/ada',
      ),
    ).rejects.toThrow('no time zone');
    source.putModel({
      name: 'credit',
      createdAt: CREATED,
      monitor: { reference: { data: { artefact: 'x.csv' } }, windw: 'day' },
    });
    await take();
    expect(await monitors.get(ID, { mayConfigure: false })).toMatchObject({
      problem: expect.stringContaining('windw'),
    });
  });
});

function byStart(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

describe('counts of predictions', () => {
  const label = {
    column: 'y',
    prediction: 'p',
    task: 'class' as const,
    positive: '1',
    decideAt: 0.5,
    maturesAfterDays: 0,
    of: 'all' as const,
    segments: ['customer'],
  };
  const rows = Array.from({ length: 10_000 }, (_, n) => ({
    y: n % 2 ? `class ${n}` : '1.0',
    p: n % 4 < 2 ? `class ${n}` : 1,
    customer: `customer ${n}`,
  }));

  it('stay few, whatever is sent, and right', () => {
    const counts = [1, 2, 3].reduce(
      all => mergePerformance(all, performanceOfRows(rows, label)),
      mergePerformance([], []),
    );
    expect(counts.length).toBeLessThan(260);
    expect(JSON.stringify(counts).length).toBeLessThan(300_000);
    const [all, ...segments] = counts;
    expect(all).toMatchObject({ segment: null, n: 30_000, labelled: 30_000 });
    const accuracy = performanceFigures(all, label, null).find(
      ({ metric }) => metric === 'accuracy',
    );
    expect(accuracy?.value).toBe(0.5);
    expect(segments.reduce((sum, { n }) => sum + n, 0)).toBe(30_000);
    expect(segments.at(-1)?.segment).toBe('customer = (other)');
  });
});

describe('counts of rows', () => {
  const row = fc.record({
    age: fc.oneof(
      fc.double({ min: -50, max: 200, noNaN: true }),
      fc.constantFrom(null, 'x', '12', 'Infinity', ''),
    ),
    kind: fc.constantFrom('a', 'b', 'c', null),
  });
  const counted = (rows: Array<Record<string, unknown>>) => ({
    rows: rows.length,
    columns: [AGE, KIND].map(column => countRows(column, rows)),
    performance: [],
  });

  it('of two parts together are those of all rows', () => {
    fc.assert(
      fc.property(fc.array(row), fc.array(row), (a, b) => {
        const [age, kind] = mergeCounts(counted(a), counted(b)).columns;
        const [wholeAge, wholeKind] = counted([...a, ...b]).columns;
        expect(kind).toMatchObject(wholeKind);
        expect(age).toEqual({
          ...wholeAge,
          categories: age.categories,
          unseen: age.unseen,
          mean: closeTo(wholeAge.mean),
          standardDeviation: closeTo(wholeAge.standardDeviation),
        });
      }),
    );
  });

  it('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(fc.array(row), rows => {
        expect(counted([...rows].reverse()).columns[1]).toEqual(
          counted(rows).columns[1],
        );
        expect(counted([...rows].reverse()).columns[0].counts).toEqual(
          counted(rows).columns[0].counts,
        );
      }),
    );
  });
});

function closeTo(value: unknown): unknown {
  return typeof value === 'number' ? expect.closeTo(value, 6) : value;
}
