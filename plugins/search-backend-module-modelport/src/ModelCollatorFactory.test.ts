import { TestPipeline } from '@backstage/plugin-search-backend-node';
import { Change, Model } from '@modelport/plugin-modelport-common';
import { ModelportService } from '@modelport/plugin-modelport-node';
import { ModelCollatorFactory } from './ModelCollatorFactory';

function aChange(name: string, overrides: Partial<Model> = {}): Change {
  const model: Model = {
    source: 'mlflow',
    name,
    entityRef: 'resource:default/credit-risk',
    description: null,
    owner: null,
    ownerTag: null,
    system: null,
    lifecycle: null,
    task: null,
    framework: null,
    riskTier: 'high',
    riskTierProposed: null,
    riskTierConfirmed: null,
    tags: {},
    aliases: {},
    environments: [],
    latestVersion: null,
    versionCount: 0,
    mainMetric: null,
    trend: [],
    drift: 'unknown',
    cardCompleteness: null,
    links: [],
    createdAt: null,
    updatedAt: null,
    syncedAt: '2026-01-01T00:00:00.000Z',
    stale: false,
    ...overrides,
  };
  return {
    source: model.source,
    name,
    generatedEntityName: 'credit-risk',
    claimedBy: null,
    retired: false,
    model,
  };
}

/** A registry whose feed has the given pages; a page that is an error fails. */
function registryOf(...pages: (Change[] | Error)[]): ModelportService {
  return {
    async getChanges({ cursor }) {
      const index = Number(cursor ?? 0);
      const items = pages[index];
      if (items instanceof Error) {
        throw items;
      }
      const more = index + 1 < pages.length;
      return { items, nextCursor: String(index + 1), more };
    },
    async putEntityClaims() {
      throw new Error('Search claims nothing');
    },
    async getCard({ name, version }) {
      if (name === 'gone meanwhile') {
        throw Object.assign(new Error('no version'), { statusCode: 404 });
      }
      const field = (from: 'written' | 'derived', value: unknown) => ({
        value,
        provenance: { from, evidence: null, by: null, at: null },
      });
      return {
        fields: {
          purpose: field('written', `Purpose of ${version}`),
          task: field('derived', 'derived words'),
          tags: field('written', ['a list']),
        },
        completeness: { template: 't', score: 1, missing: [] },
        contradictions: [],
      };
    },
  };
}

async function collect(modelport: ModelportService) {
  const factory = new ModelCollatorFactory({ modelport });
  return TestPipeline.fromCollator(await factory.getCollator()).execute();
}

describe('ModelCollatorFactory', () => {
  it('makes a document of a model', async () => {
    const { documents } = await collect(
      registryOf([
        aChange('credit/risk 🚀', {
          description: 'Scores loans',
          owner: 'group:default/risk-analytics',
          ownerTag: 'Risk Analytics',
          task: 'binary',
          framework: 'sklearn',
          tags: { region: 'eu', validated: '', note: 'x'.repeat(5000) },
        }),
      ]),
    );

    expect(documents).toEqual([
      {
        title: 'credit/risk 🚀',
        text: expect.stringContaining('Scores loans\ncredit/risk 🚀'),
        location: '/catalog/default/resource/credit-risk',
        source: 'mlflow',
        name: 'credit/risk 🚀',
        entityRef: 'resource:default/credit-risk',
        owner: 'group:default/risk-analytics',
        task: 'binary',
        framework: 'sklearn',
        tags: ['region=eu', 'validated', `note=${'x'.repeat(195)}`],
        authorization: {
          resourceRef: 'mlflow/credit%2Frisk%20%F0%9F%9A%80',
        },
      },
    ]);
    expect(documents[0].text).toContain('Risk Analytics');
    expect(documents[0].text).toContain('region=eu');
  });

  it('finds a model by what people wrote on the card of its latest version', async () => {
    const { documents } = await collect(
      registryOf([
        aChange('a', { latestVersion: '3', cardCompleteness: 0.5 }),
        aChange('without a card', { latestVersion: '1' }),
        aChange('gone meanwhile', { latestVersion: '1', cardCompleteness: 0 }),
      ]),
    );
    expect(documents.map(({ text }) => text)).toEqual([
      'a\nPurpose of 3',
      'without a card',
      'gone meanwhile',
    ]);
  });

  it('walks all pages and leaves out what is retired', async () => {
    const retired = { ...aChange('gone'), retired: true, model: null };
    const { documents } = await collect(
      registryOf([aChange('a'), retired], [], [aChange('b')]),
    );
    expect(documents.map(document => document.title)).toEqual(['a', 'b']);
  });

  it('fails where the registry fails half-way, so that the index stays', async () => {
    const { error } = await collect(
      registryOf([aChange('a')], new Error('down')),
    );
    expect(error).toEqual(new Error('down'));
  });
});
