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
import { SourceProviders } from './SourceProviders';
import { SourcesStore } from './SourcesStore';
import { SourceSync } from './SourceSync';
import { SyncMetrics } from './SyncMetrics';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('SourceSync on %s', databaseId => {
  let registry: TestRegistry;
  let store: SourcesStore;
  let discover: () => Promise<ModelSource[]>;

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
    scheduler.createScheduledTaskRunner.mockReturnValue({
      run: async task => {
        tasks.push(async () => task.fn(signal));
      },
    });
    const all = new SourceProviders();
    providers.forEach(p => all.add(p));
    await new SourceSync({
      store,
      ingest: registry.ingest,
      providers: all,
      scheduler,
      logger: mockServices.logger.mock(),
      metrics: new SyncMetrics(),
      frequency: { minutes: 1 },
      timeout: { minutes: 1 },
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
    const { rows } = await registry.store.list({
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

  it('retires the models of a source that config no longer names, until it does', async () => {
    discover = async () => [sourceWith('fake', 'x')];
    await run([provider]);
    await run([]);
    expect(await names()).toEqual([]);
    await run([provider]);
    expect(await names()).toEqual(['fake/x']);
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
    expect((await store.get('fake'))?.checkpoint).toMatchObject({
      phase: 'models',
    });
    source.onCall = () => {};
    source.calls.length = 0;
    await run([provider]);
    expect(source.calls[0]).toEqual({ method: 'listModels', argument: '2' });
    expect(source.count('listModels')).toBe(1);
    expect(await names()).toEqual(['fake/x', 'fake/y', 'fake/z']);
  });

  function open(): AbortSignal {
    return new AbortController().signal;
  }
});
