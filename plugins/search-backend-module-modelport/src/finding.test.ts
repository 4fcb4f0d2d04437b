import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  LunrSearchEngine,
  SearchEngine,
} from '@backstage/plugin-search-backend-node';
import { PgSearchEngine } from '@backstage/plugin-search-backend-module-pg';
import { Model } from '@modelport/plugin-modelport-common';
import { aChange, aModel } from '@modelport/plugin-modelport-node/testUtils';
import { pipeline } from 'node:stream/promises';
import { registryOf } from './__testUtils__/registryOf';
import { ModelCollatorFactory } from './ModelCollatorFactory';

const MODELS: Record<string, Partial<Model>> = {
  'team/churn_scorer': {
    description: '## What for\n\nForecasts **cancellations** of contracts.',
    owner: 'group:default/customer-insights',
    tags: { region: 'iberia', validated: '' },
  },
  'image-tagger': {
    description: 'Labels pictures.',
    owner: null,
    ownerTag: 'Vision Guild',
    tags: { hardware: 'gpu' },
  },
};

async function indexInto(engine: SearchEngine): Promise<void> {
  const changes = Object.entries(MODELS).map(([name, model]) =>
    aChange(
      aModel({
        name,
        entityRef: `resource:default/${name.replace('/', '-')}`,
        ...model,
      }),
    ),
  );
  const factory = new ModelCollatorFactory({ modelport: registryOf(changes) });
  await pipeline(
    await factory.getCollator(),
    await engine.getIndexer(factory.type),
  );
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** The engine that Backstage takes where the database is this one. */
async function engineOf(id: TestDatabaseId): Promise<SearchEngine> {
  if (id === 'SQLITE_3') {
    return new LunrSearchEngine({ logger: mockServices.logger.mock() });
  }
  const knex = await databases.init(id);
  return PgSearchEngine.fromConfig(mockServices.rootConfig(), {
    database: { getClient: async () => knex },
  });
}

describe.each(databases.eachSupportedId())('search on %p', id => {
  let engine: SearchEngine;

  beforeAll(async () => {
    engine = await engineOf(id);
    await indexInto(engine);
  }, 60_000);

  it.each([
    ['a name', 'team/churn_scorer', 'team/churn_scorer'],
    ['a word of a name', 'scorer', 'team/churn_scorer'],
    ['the start of a name', 'image-tag', 'image-tagger'],
    ['a word of a description', 'cancellations', 'team/churn_scorer'],
    ['the value of a tag', 'iberia', 'team/churn_scorer'],
    ['a tag', 'region=iberia', 'team/churn_scorer'],
    ['a tag without a value', 'validated', 'team/churn_scorer'],
    ['an owner', 'customer-insights', 'team/churn_scorer'],
    ['a word of an owner', 'insights', 'team/churn_scorer'],
    ['an owner that the catalog does not know', 'guild', 'image-tagger'],
  ])('finds a model by %s', async (_, term, model) => {
    const { results } = await engine.query({
      term,
      types: ['modelport-models'],
    });
    expect(results[0]?.document.title).toBe(model);
    expect(results[0].document.text).not.toMatch(/[*#]/);
  });
});
