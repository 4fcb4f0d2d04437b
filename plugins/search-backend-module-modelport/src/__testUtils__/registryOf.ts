import { Change, Model } from '@modelport/plugin-modelport-common';
import { ModelportService } from '@modelport/plugin-modelport-node';

/** What the feed says of a model. */
export function aChange(name: string, overrides: Partial<Model> = {}): Change {
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
export function registryOf(...pages: (Change[] | Error)[]): ModelportService {
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
          purpose: field('written', `**Purpose** of ${version}`),
          task: field('derived', 'derived words'),
          tags: field('written', ['a list']),
        },
        completeness: { template: 't', score: 1, missing: [] },
        contradictions: [],
      };
    },
  };
}
