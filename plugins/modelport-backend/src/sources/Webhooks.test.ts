import { AuthenticationError } from '@backstage/errors';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  ModelSource,
  ModelSourceProvider,
} from '@modelport/plugin-modelport-node';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { createTestRegistry } from '../__testUtils__/createTestRegistry';
import { SourceDiscovery } from './SourceDiscovery';
import { SourceProviders } from './SourceProviders';
import { SourcesStore } from './SourcesStore';
import { SyncMetrics } from './SyncMetrics';
import { Webhooks } from './Webhooks';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('Webhooks on %s', databaseId => {
  let store: SourcesStore;
  let discovered: number;
  let found: () => ModelSource[];
  let newBackend: () => { webhooks: Webhooks; discovery: SourceDiscovery };
  const scheduler = mockServices.scheduler.mock();

  const provider: ModelSourceProvider = {
    id: 'fake',
    kind: 'fake',
    url: null,
    discover: async () => {
      discovered += 1;
      return found();
    },
  };

  beforeEach(async () => {
    const logger = mockServices.logger.mock();
    const registry = await createTestRegistry(
      await databases.init(databaseId),
      { logger },
    );
    store = new SourcesStore(registry.knex);
    discovered = 0;
    const providers = new SourceProviders();
    providers.add(provider);
    newBackend = () => {
      const shared = {
        ...{ store, providers, scheduler, logger },
        ingest: registry.ingest,
        metrics: new SyncMetrics(),
      };
      const discovery = new SourceDiscovery(shared);
      return { discovery, webhooks: new Webhooks({ ...shared, discovery }) };
    };
    scheduler.triggerTask.mockClear();
  });

  it('asks no provider for a source that nobody found', async () => {
    found = () => [sourceOf('fake')];
    const { webhooks } = newBackend();
    for (const id of ['fake', 'nowhere', 'fake\0']) {
      await expect(webhooks.take(id, delivery('1'))).rejects.toThrow(
        'There is no source that takes this webhook',
      );
    }
    expect(discovered).toBe(0);
  });

  it('asks a provider once for a source that another backend found', async () => {
    found = () => [sourceOf('fake')];
    await newBackend().discovery.discover(provider, open());
    discovered = 0;
    const { webhooks } = newBackend();
    found = () => {
      throw new Error('connection refused');
    };
    for (let times = 0; times < 3; times++) {
      await expect(webhooks.take('fake', delivery('1'))).rejects.toThrow(
        'could not be found just now',
      );
    }
    expect(discovered).toBe(1);
    found = () => [sourceOf('fake')];
    await expect(
      newBackend().webhooks.take('fake', delivery('1')),
    ).resolves.toEqual({ models: ['credit'] });
  });

  it('does nothing for a delivery that some backend took before', async () => {
    found = () => [sourceOf('fake')];
    const [one, other] = [newBackend(), newBackend()];
    await one.discovery.discover(provider, open());
    await other.discovery.discover(provider, open());
    await one.webhooks.take('fake', delivery('1'));
    expect(await store.requests('fake')).toEqual([
      expect.objectContaining({ model: 'credit', acceptRetirement: false }),
    ]);
    for (const { webhooks } of [one, other]) {
      expect(await webhooks.take('fake', delivery('1'))).toEqual({
        models: [],
      });
    }
    expect(await store.requests('fake')).toHaveLength(1);
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(1);
    await other.webhooks.take('fake', delivery('2'));
    expect(await store.requests('fake')).toHaveLength(2);
  });

  it('forgets deliveries that no registry sends again', async () => {
    found = () => [sourceOf('fake')];
    const { discovery, webhooks } = newBackend();
    await discovery.discover(provider, open());
    await webhooks.take('fake', delivery('1'));
    const later = Date.now() + 20 * 60_000;
    const now = jest.spyOn(Date, 'now').mockReturnValue(later);
    await webhooks.take('fake', delivery('1'));
    now.mockRestore();
    expect(await store.requests('fake')).toHaveLength(2);
  });

  it('refuses what the source refuses', async () => {
    found = () => [sourceOf('fake')];
    const { discovery, webhooks } = newBackend();
    await discovery.discover(provider, open());
    await expect(webhooks.take('fake', delivery(''))).rejects.toThrow(
      'not signed',
    );
    expect(await store.requests('fake')).toEqual([]);
  });

  it('gives what a provider is sent to each of its sources that accepts it', async () => {
    found = () => [
      sourceOf('fake.a', 'a'),
      sourceOf('fake.b', 'b'),
      new FakeModelSource('fake.c'),
    ];
    const { discovery, webhooks } = newBackend();
    await discovery.discover(provider, open());
    await webhooks.take('fake', delivery('1', 'b'));
    expect(await store.requests('fake.a')).toEqual([]);
    expect(await store.requests('fake.b')).toHaveLength(1);
    await expect(webhooks.take('fake', delivery('', 'b'))).rejects.toThrow(
      'not signed',
    );
  });

  /** A source whose deliveries name themselves and, where it is given, the workspace that they are of. */
  function sourceOf(id: string, workspace?: string): ModelSource {
    const source = new FakeModelSource(id);
    source.readWebhook = async ({ headers, body }) => {
      const deliveryId = headers['x-delivery'];
      if (!deliveryId) {
        throw new AuthenticationError('The webhook is not signed');
      }
      const isOurs = workspace === undefined || workspace === String(body);
      return { deliveryId, models: isOurs ? ['credit', 'credit'] : [] };
    };
    return source;
  }

  function delivery(id: string, body = '') {
    return { headers: { 'x-delivery': id }, body: Buffer.from(body) };
  }

  function open(): AbortSignal {
    return new AbortController().signal;
  }
});
