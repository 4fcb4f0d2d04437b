import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  ModelSource,
  ModelSourceProvider,
} from '@modelport/plugin-modelport-node';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import {
  createTestRegistry,
  TestRegistry,
} from '../__testUtils__/createTestRegistry';
import { SourceDiscovery } from './SourceDiscovery';
import { SourceProviders } from './SourceProviders';
import { SourcesService } from './SourcesService';
import { SourcesStore } from './SourcesStore';
import { SourceSync } from './SourceSync';
import { SyncMetrics } from './SyncMetrics';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('SourceSync on %s', databaseId => {
  let registry: TestRegistry;
  let store: SourcesStore;
  let discover: () => Promise<ModelSource[]>;
  /** Ids of the tasks that the last start did not leave to their turn. */
  const triggered: string[] = [];

  const provider: ModelSourceProvider = {
    id: 'fake',
    kind: 'fake',
    url: 'http://fake',
    discover: () => discover(),
  };

  beforeEach(async () => {
    const logger = mockServices.logger.mock();
    registry = await createTestRegistry(await databases.init(databaseId), {
      logger,
    });
    store = new SourcesStore(registry.knex);
  });

  /** Starts a synchronisation whose tasks run once, at once. */
  async function run(providers: ModelSourceProvider[], signal = open()) {
    const tasks: Array<() => Promise<void>> = [];
    const scheduler = mockServices.scheduler.mock();
    triggered.length = 0;
    scheduler.triggerTask.mockImplementation(async id => {
      triggered.push(id);
    });
    scheduler.createScheduledTaskRunner.mockReturnValue({
      run: async task => {
        tasks.push(async () => task.fn(signal));
      },
    });
    const all = new SourceProviders();
    providers.forEach(p => all.add(p));
    const shared = {
      store,
      ingest: registry.ingest,
      providers: all,
      scheduler,
      logger: mockServices.logger.mock(),
      metrics: new SyncMetrics(),
    };
    await new SourceSync({
      ...shared,
      discovery: new SourceDiscovery(shared),
      frequency: { minutes: 1 },
      timeout: { minutes: 1 },
      recheck: { hours: 24 },
      followers: [],
    }).start();
    for (const task of tasks) {
      await task();
    }
  }

  function sourceWith(id: string, ...models: string[]): FakeModelSource {
    const source = new FakeModelSource(id, 1);
    models.forEach(name => source.putModel({ name }));
    return source;
  }

  async function names(): Promise<string[]> {
    const { rows } = await registry.list.page({
      filters: {},
      visibility: undefined,
      sort: 'name',
      limit: 100,
    });
    return rows.map(row => `${row.source}/${row.name}`);
  }

  it('passes over every source that a provider finds', async () => {
    discover = async () => [
      sourceWith('fake.a', 'x'),
      sourceWith('fake.b', 'x', 'y'),
    ];
    await run([provider]);
    expect(await names()).toEqual(['fake.a/x', 'fake.b/x', 'fake.b/y']);
    expect(await store.get('fake.b')).toMatchObject({
      state: 'ok',
      errors: [],
      progress: null,
      checkpoint: null,
    });
  });

  it('says which registries are read once it found one', async () => {
    const providers = new SourceProviders();
    providers.add(provider);
    const service = new SourcesService({
      store,
      providers,
      scheduler: mockServices.scheduler.mock(),
      logger: mockServices.logger.mock(),
      frequency: { minutes: 1 },
      counts: async () => new Map(),
    });
    expect(await service.settings()).toBeNull();
    discover = async () => [sourceWith('fake.a')];
    await run([provider]);
    expect(await service.settings()).toEqual({
      sources: [expect.objectContaining({ id: 'fake.a' })],
    });
  });

  it('knows since when a model stands in production that a later pass found first', async () => {
    const source = sourceWith('fake');
    const put = (name: string) => {
      source.putModel({ name, aliases: { champion: '1' } });
      source.putVersion({ model: name, version: '1' });
    };
    const since = async (name: string) => {
      const row = await registry.store.get('fake', name);
      return JSON.parse(row?.environments ?? '[]')[0].since;
    };
    discover = async () => [source];
    put('first');
    await run([provider]);
    expect(await since('first')).toBeNull();
    const between = new Date().toISOString();
    put('second');
    await run([provider]);
    expect(await since('first')).toBeNull();
    const second = await since('second');
    expect(second >= between).toBe(true);
    await run([provider]);
    expect(await since('second')).toBe(second);
  });

  it('tells what a pass changed, whether it was asked for, and that it failed', async () => {
    const source = sourceWith('fake', 'x', 'y');
    source.putVersion({ model: 'x', version: '1' });
    discover = async () => [source];
    await run([provider]);
    const lastPass = async () => (await store.get('fake'))?.lastPass;
    expect(await lastPass()).toMatchObject({
      askedAt: null,
      changed: { models: 2, versions: 1, gone: 0 },
    });

    source.removeModel('y');
    await store.addRequest('fake', { model: null, acceptRetirement: true });
    const asked = (await store.asked()).get('fake');
    await run([provider]);
    expect(await lastPass()).toMatchObject({
      askedAt: asked,
      changed: { models: 0, versions: 0, gone: 1 },
    });
    expect(await store.asked()).toEqual(new Map());

    source.onCall = () => {
      throw new Error('down');
    };
    await run([provider]);
    expect(await lastPass()).toMatchObject({ askedAt: null, changed: null });
  });

  it('says why a provider finds nothing, and forgets that once it does', async () => {
    discover = async () => {
      throw new Error('connection refused');
    };
    await run([provider]);
    expect(await store.get('fake')).toMatchObject({
      state: 'failing',
      errors: [expect.objectContaining({ message: 'connection refused' })],
    });
    discover = async () => [sourceWith('fake.a', 'x')];
    await run([provider]);
    expect((await store.list()).map(source => source.id)).toEqual(['fake.a']);
  });

  it('keeps the models of a source that is not found any more', async () => {
    discover = async () => [sourceWith('fake.a', 'x'), sourceWith('fake.b')];
    await run([provider]);
    discover = async () => [sourceWith('fake.b', 'y')];
    await run([provider]);
    expect(await names()).toEqual(['fake.a/x', 'fake.b/y']);
    expect(await store.get('fake.a')).toMatchObject({ state: 'failing' });
  });

  it('shows no models of a source that config no longer names, and has them back as they were when it does', async () => {
    const source = sourceWith('fake');
    source.putModel({ name: 'x', aliases: { champion: '1' } });
    source.putVersion({ model: 'x', version: '1' });
    const environments = async () =>
      (await registry.store.get('fake', 'x'))?.environments;
    discover = async () => [source];
    await run([provider]);
    const before = await environments();
    expect(JSON.parse(before ?? '[]')).toMatchObject([{ version: '1' }]);

    await run([]);
    expect(await names()).toEqual([]);
    await run([provider]);

    expect(await names()).toEqual(['fake/x']);
    expect(await environments()).toBe(before);
    expect(
      await registry
        .knex('models_activities')
        .orderBy('id')
        .select('kind', 'detail'),
    ).toEqual(
      ['model-retired', 'model-returned'].map(kind => ({
        kind,
        detail: '{"reason":"source-removed"}',
      })),
    );
    expect(
      await registry.knex('models_versions').whereNotNull('retired_at'),
    ).toEqual([]);
  });

  it('retires what is gone from a source when config names it again', async () => {
    const source = sourceWith('fake', 'x', 'y', 'z');
    discover = async () => [source];
    await run([provider]);
    await run([]);
    discover = async () => [sourceWith('fake', 'x', 'y')];
    await run([provider]);
    expect(await names()).toEqual(['fake/x', 'fake/y']);
  });

  it('keeps its place when the backend shuts down half-way', async () => {
    const controller = new AbortController();
    const source = sourceWith('fake', 'x', 'y', 'z');
    source.onCall = call => {
      if (call.method === 'listModels' && call.argument === '2') {
        controller.abort();
      }
    };
    discover = async () => [source];
    await run([provider], controller.signal);
    expect(await store.get('fake')).toMatchObject({
      checkpoint: { phase: 'models' },
      lastPass: null,
    });
    expect(triggered).toEqual([]);
    source.onCall = () => {};
    source.calls.length = 0;
    await run([provider]);
    expect(source.calls[0]).toEqual({ method: 'listModels', argument: '2' });
    expect(source.count('listModels')).toBe(1);
    expect(await names()).toEqual(['fake/x', 'fake/y', 'fake/z']);
    // It did not wait for its turn.
    expect(triggered).toEqual(['modelport-sync-fake']);
  });

  describe('reading finished versions again', () => {
    let source: FakeModelSource;

    async function passOverVersions(count: number): Promise<void> {
      source = new FakeModelSource('fake', 5000);
      source.putModel({ name: 'm' });
      for (let version = 1; version <= count; version++) {
        source.putVersion({ model: 'm', version: String(version) });
      }
      discover = async () => [source];
      await run([provider]);
      source.calls.length = 0;
    }

    it('is not due directly after the first pass', async () => {
      await passOverVersions(10);
      expect(await store.get('fake')).toMatchObject({
        recheckAfter: null,
        recheckedAt: expect.any(String),
      });
      await run([provider]);
      expect(source.count('readVersions')).toBe(0);
    });

    it('goes on over several passes once it is due, and then rests', async () => {
      await passOverVersions(2100);
      const longAgo = '2026-01-01T00:00:00.000Z';
      await store.update('fake', { recheckedAt: longAgo });
      source.putVersion(
        { model: 'm', version: '2100' },
        { runStatus: 'DELETED' },
      );
      await run([provider]);
      expect(source.count('readVersions')).toBe(20);
      expect(await store.get('fake')).toMatchObject({
        recheckAfter: expect.any(Number),
        recheckedAt: longAgo,
      });
      await run([provider]);
      expect(source.count('readVersions')).toBe(21);
      expect(await store.get('fake')).toMatchObject({ recheckAfter: null });
      const row = await registry
        .knex('models_versions')
        .where({ version: '2100' })
        .first();
      expect(row.details).toContain('DELETED');
      await run([provider]);
      expect(source.count('readVersions')).toBe(21);
    });

    it('is tried again after the source failed', async () => {
      await passOverVersions(10);
      await store.update('fake', { recheckedAt: '2026-01-01T00:00:00.000Z' });
      source.onCall = call => {
        if (call.method === 'readVersions') {
          throw new Error('503 Service Unavailable');
        }
      };
      await run([provider]);
      expect(await store.get('fake')).toMatchObject({
        state: 'ok',
        recheckedAt: '2026-01-01T00:00:00.000Z',
        errors: [
          expect.objectContaining({
            message: expect.stringContaining('503 Service Unavailable'),
          }),
        ],
      });
      source.onCall = () => {};
      await run([provider]);
      expect(await store.get('fake')).toMatchObject({
        recheckedAt: expect.not.stringContaining('2026-01-01'),
        errors: [],
      });
    });
  });

  describe('requests', () => {
    it('to accept retirement stay until a pass from the start has run', async () => {
      const source = sourceWith('fake', 'a', 'b', 'c', 'd');
      discover = async () => [source];
      await run([provider]);
      ['a', 'b', 'c'].forEach(name => source.removeModel(name));
      await store.addRequest('fake', { model: null, acceptRetirement: true });
      await store.update('fake', {
        checkpoint: {
          phase: 'versions',
          pageToken: null,
          startedAt: new Date().toISOString(),
        },
      });
      await run([provider]);
      expect(await names()).toEqual(['fake/d']);
      expect(await store.requests('fake')).toEqual([]);
    });

    it('stay while the source fails, and one that comes meanwhile makes another pass', async () => {
      const source = sourceWith('fake', 'a', 'b');
      discover = async () => [source];
      await run([provider]);
      await store.addRequest('fake', { model: null, acceptRetirement: true });
      let asked = 0;
      source.onCall = async call => {
        if (call.method === 'listModels') {
          asked += 1;
          if (asked === 1) {
            await store.addRequest('fake', {
              model: null,
              acceptRetirement: false,
            });
          }
          throw new Error('502 Bad Gateway');
        }
      };
      await run([provider]);
      expect(asked).toBe(2);
      expect(await store.requests('fake')).toHaveLength(2);
      source.onCall = () => {};
      ['a', 'b'].forEach(name => source.removeModel(name));
      await run([provider]);
      expect(await names()).toEqual([]);
      expect(await store.requests('fake')).toEqual([]);
    });

    it('for a model that cannot be read keep no other from being passed over', async () => {
      const source = sourceWith('fake', 'bad', 'good');
      discover = async () => [source];
      await run([provider]);
      source.onCall = call => {
        if (call.method === 'getModel' && call.argument === 'bad') {
          throw new Error('garbage');
        }
      };
      source.putModel({ name: 'good', description: 'new' });
      for (const model of ['bad', 'good']) {
        await store.addRequest('fake', { model, acceptRetirement: false });
      }
      await run([provider]);
      expect(await registry.store.get('fake', 'good')).toMatchObject({
        description: 'new',
      });
      expect(await store.get('fake')).toMatchObject({ state: 'ok' });
      expect(await store.requests('fake')).toEqual([]);
    });

    it('for a model read the details of all its versions again', async () => {
      const source = sourceWith('fake', 'a');
      source.putVersion({ model: 'a', version: '1' });
      discover = async () => [source];
      await run([provider]);
      source.putVersion(
        { model: 'a', version: '1' },
        { metrics: { test_roc_auc: 0.7 } },
      );
      await store.addRequest('fake', { model: 'a', acceptRetirement: false });
      await run([provider]);
      expect(await registry.store.get('fake', 'a')).toMatchObject({
        main_metric_value: 0.7,
      });
    });
  });

  function open(): AbortSignal {
    return new AbortController().signal;
  }
});
