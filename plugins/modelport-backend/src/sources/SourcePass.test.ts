import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import {
  createTestRegistry,
  TestRegistry,
} from '../__testUtils__/createTestRegistry';
import { SourcePass } from './SourcePass';
import { Checkpoint } from './SourcesStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_15'],
});

describe.each(databases.eachSupportedId())('SourcePass on %s', databaseId => {
  let registry: TestRegistry;
  let source: FakeModelSource;
  let checkpoint: Checkpoint | null;

  beforeEach(async () => {
    registry = await createTestRegistry(await databases.init(databaseId), {
      logger: mockServices.logger.mock(),
    });
    source = new FakeModelSource('fake', 2);
    checkpoint = null;
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      source.putModel({ name, tags: { owner: 'team-x' } });
      source.putVersion(
        { model: name, version: '1', createdAt: 1_000 },
        { metrics: { test_roc_auc: 0.8 } },
      );
    }
  });

  async function pass(options: { acceptRetirement?: boolean } = {}) {
    const running = new SourcePass({
      source,
      ingest: registry.ingest,
      signal: new AbortController().signal,
      checkpoint,
      acceptRetirement: options.acceptRetirement ?? false,
      saveCheckpoint: async value => {
        checkpoint = value;
      },
      saveProgress: async () => {},
    });
    await running.run();
    return running.runDocuments();
  }

  async function names(): Promise<string[]> {
    const { rows } = await registry.list.page({
      filters: {},
      visibility: undefined,
      sort: 'name',
      limit: 100,
    });
    return rows.map(row => row.name);
  }

  async function lastSequence(): Promise<number> {
    const row = await registry.knex('models_sequence').first();
    return Number(row.value);
  }

  it('takes models and versions over, page by page', async () => {
    await expect(pass()).resolves.toEqual({ errors: [], fresh: true });
    expect(await names()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(source.count('listModels')).toBe(3);
    const model = await registry.store.get('fake', 'a');
    expect(model).toMatchObject({
      version_count: 1,
      latest_version: '1',
      main_metric_value: 0.8,
      risk_tier: 'high',
    });
  });

  it('writes nothing and reads no details where nothing changed', async () => {
    await pass();
    const before = await lastSequence();
    source.calls.length = 0;
    await pass();
    expect(await lastSequence()).toBe(before);
    expect(source.count('readVersions')).toBe(0);
    expect(source.count('readDocuments')).toBe(0);
    expect(source.count('getModel')).toBe(0);
  });

  it('takes over aliases and tags, whose change moves no time', async () => {
    await pass();
    source.putModel({
      name: 'a',
      tags: { owner: 'team-y' },
      aliases: { champion: '1' },
    });
    await pass();
    const model = await registry.store.get('fake', 'a');
    expect(model?.owner_tag).toBe('team-y');
    const tagged = (tag: string) =>
      registry.list.page({
        filters: { tag: [tag], q: tag },
        visibility: undefined,
        sort: 'name',
        limit: 10,
      });
    expect((await tagged('owner=team-x')).total).toBe(4);
    expect((await tagged('owner=team-y')).total).toBe(1);
    expect(JSON.parse(model?.environments ?? '')).toEqual([
      expect.objectContaining({
        environment: 'production',
        version: '1',
        since: expect.any(String),
      }),
    ]);
  });

  it('reads unsettled versions again until they settle', async () => {
    source.putVersion(
      { model: 'a', version: '2' },
      { settled: false, metrics: { test_roc_auc: 0.5 } },
    );
    await pass();
    const before = await lastSequence();
    await pass();
    expect(await lastSequence()).toBe(before);
    source.putVersion(
      { model: 'a', version: '2' },
      { settled: true, metrics: { test_roc_auc: 0.9 } },
    );
    await pass();
    const model = await registry.store.get('fake', 'a');
    expect(model?.main_metric_value).toBe(0.9);
  });

  it('retires what the source confirms is gone, and takes it back', async () => {
    await pass();
    source.removeModel('b');
    await pass();
    expect(await names()).toEqual(['a', 'c', 'd', 'e']);
    source.putModel({ name: 'b' });
    source.putVersion({ model: 'b', version: '1' });
    await pass();
    expect(await names()).toEqual(['a', 'b', 'c', 'd', 'e']);
    const model = await registry.store.get('fake', 'b');
    expect(model?.version_count).toBe(1);
  });

  it('keeps what a page skipped but the source still has', async () => {
    await pass();
    const listed = source.listModels.bind(source);
    source.listModels = async options => {
      const page = await listed(options);
      return { ...page, items: page.items.filter(m => m.name !== 'c') };
    };
    await expect(pass()).resolves.toMatchObject({
      fresh: false,
      errors: [
        expect.objectContaining({
          message: expect.stringContaining('left 1 out of its list'),
        }),
      ],
    });
    expect(await names()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each([
    ['an empty list', 0],
    ['half a list', 2],
  ])('retires nothing after %s, and says so', async (_, length) => {
    await pass();
    source.listModels = async () => ({
      items: ['a', 'b']
        .slice(0, length)
        .map(name => ({ ...modelOf(name), tags: { owner: 'team-x' } })),
    });
    source.getModel = async () => undefined;
    const result = await pass();
    expect(result.fresh).toBe(false);
    expect(result.errors[0].message).toContain(
      `listed ${length} of 5 known models`,
    );
    expect(await names()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('retires even half of what was known once a person accepted it', async () => {
    await pass();
    ['a', 'b', 'c'].forEach(name => source.removeModel(name));
    await pass({ acceptRetirement: true });
    expect(await names()).toEqual(['d', 'e']);
  });

  it('keeps everything where the source fails half-way', async () => {
    await pass();
    source.onCall = call => {
      if (call.method === 'listModels' && call.argument === '2') {
        throw new Error('The server answered <html>');
      }
    };
    await expect(pass()).rejects.toThrow('The server answered <html>');
    expect(await names()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('goes on from its checkpoint after it was cut short, and retires nothing then', async () => {
    await pass();
    source.removeModel('a');
    source.onCall = call => {
      if (call.method === 'listVersions' && call.argument === '2') {
        throw new Error('killed');
      }
    };
    await expect(pass()).rejects.toThrow('killed');
    expect(checkpoint).toMatchObject({ phase: 'versions', pageToken: '2' });
    source.onCall = () => {};
    source.calls.length = 0;
    await pass();
    expect(source.count('listModels')).toBe(0);
    expect(await names()).toContain('a');
    expect(checkpoint).toBeNull();
    await pass();
    expect(await names()).not.toContain('a');
    const rows = await registry.knex('models_versions').select('model_id');
    expect(rows).toHaveLength(5);
  });

  it('takes an alias called constructor, and its removal', async () => {
    source.putModel({ name: 'a', aliases: { constructor: '1' } });
    await pass();
    source.putModel({ name: 'a', aliases: {} });
    await expect(pass()).resolves.toEqual({ errors: [], fresh: true });
    const [activity] = await registry.knex('models_activities');
    expect(JSON.parse(activity.detail)).toEqual({
      alias: 'constructor',
      from: '1',
    });
  });

  it('takes a model once that a moving list gives twice', async () => {
    const listed = source.listModels.bind(source);
    source.listModels = async options => {
      const page = await listed(options);
      return { ...page, items: [...page.items, ...page.items] };
    };
    await expect(pass()).resolves.toEqual({ errors: [], fresh: true });
    expect(await names()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each([
    ['deleted', true],
    ['replaced between two passes', false],
  ])(
    'lets no decision on a %s model count for one made anew',
    async (_, isSeenGone) => {
      source.putModel({ name: 'a', createdAt: 1_000 });
      await pass();
      const before = await registry.store.get('fake', 'a');
      await registry.store.confirmRiskTier(
        { id: before?.id ?? 0, before: before?.risk_tier ?? '' },
        {
          tier: 'low',
          by: 'user:default/rosa',
          at: new Date(0).toISOString(),
          comment: 'small',
        },
        async () => {},
      );
      if (isSeenGone) {
        source.removeModel('a');
        await pass();
      }
      source.putModel({ name: 'a', createdAt: 2_000 });
      await pass();
      expect(await registry.store.get('fake', 'a')).toMatchObject({
        risk_tier: 'high',
        risk_tier_confirmed: null,
      });
      const [entry, ...more] = await registry.knex('audit_entries');
      expect(more).toEqual([]);
      expect(entry).toMatchObject({
        actor: 'source:fake',
        action: 'risk-tier.reset',
        name: 'a',
      });
      expect(JSON.parse(entry.detail)).toEqual({ before: 'low', tier: 'high' });
    },
  );

  it('shows no version in production that is not there', async () => {
    source.putModel({ name: 'a', aliases: { champion: '99' } });
    await pass();
    const model = await registry.store.get('fake', 'a');
    expect(JSON.parse(model?.environments ?? '')).toEqual([]);
  });

  it('gives up on a list without an end', async () => {
    source.listModels = async () => ({ items: [], nextPageToken: 'again' });
    await expect(pass()).rejects.toThrow('for the second time');
  });

  it('keeps models that the source could not read, marked with why', async () => {
    await pass();
    const listed = source.listModels.bind(source);
    source.listModels = async options => {
      const page = await listed(options);
      return {
        ...page,
        items: page.items.filter(m => m.name !== 'c'),
        problems: [{ where: 'c.yaml', message: 'line 3', model: 'c' }],
      };
    };
    const result = await pass();
    expect(result.errors).toEqual([
      expect.objectContaining({ where: 'c.yaml', message: 'line 3' }),
    ]);
    expect(await registry.store.get('fake', 'c')).toMatchObject({
      problem: 'line 3',
    });
    source.listModels = listed;
    await pass();
    expect(await registry.store.get('fake', 'c')).toMatchObject({
      problem: null,
    });
  });

  it('keeps names, NaN and texts of every kind', async () => {
    const odd = ['%2e%2e', '😀', 'x'.repeat(500), 'A', 'o\'brien "q"'];
    odd.forEach(name => {
      source.putModel({
        name,
        description: 'null \u0000 character',
        tags: { long: 'y'.repeat(5000), 'with\u0000null': 'v' },
      });
      source.putVersion(
        { model: name, version: '1' },
        { metrics: { loss: NaN, big: Infinity } },
      );
    });
    source.putModel({ name: 'z'.repeat(600) });
    source.putModel({ name: 'half \ud800' });
    const result = await pass();
    expect(result.errors.map(error => error.message)).toEqual([
      expect.stringContaining('expected 1 to 512 characters'),
      expect.stringContaining('expected 1 to 512 characters'),
    ]);
    // A second pass meets the same, and nothing else.
    expect((await pass()).errors).toHaveLength(2);
    expect(await names()).toEqual(expect.arrayContaining(odd));
    const entityNames = await registry
      .knex('models_models')
      .pluck('entity_name');
    expect(new Set(entityNames).size).toBe(entityNames.length);
    entityNames.forEach(name =>
      expect(name).toMatch(/^[a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?$/),
    );
    const [row] = await registry
      .knex('models_versions')
      .join('models_models', 'models_models.id', 'model_id')
      .where({ name: '😀' })
      .select('metrics');
    expect(JSON.parse(row.metrics)).toEqual({ loss: 'NaN', big: 'Infinity' });
  });

  function modelOf(name: string) {
    return {
      name,
      description: null,
      tags: {},
      aliases: {},
      createdAt: null,
      updatedAt: null,
      links: [],
    };
  }
});
