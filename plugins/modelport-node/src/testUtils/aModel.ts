import { Change, Model } from '@modelport/plugin-modelport-common';

/**
 * A model with nothing but a name, for tests to add to.
 *
 * @public
 */
export function aModel(overrides: Partial<Model> = {}): Model {
  return {
    source: 'mlflow',
    name: 'credit-risk',
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
}

/**
 * The change that brings a model.
 *
 * @public
 */
export function aChange(model: Model, overrides: Partial<Change> = {}): Change {
  return {
    source: model.source,
    name: model.name,
    generatedEntityName: model.name,
    claimedBy: null,
    retired: false,
    model,
    ...overrides,
  };
}
