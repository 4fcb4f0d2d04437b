import {
  Comparison,
  EvidencePage,
  Measurement,
  Model,
  ModelPage,
  Source,
  Version,
} from '@modelport/plugin-modelport-common';

/** A model as the registry of the tests lists it; the figures are those of no real model. */
export function testModel(part: Partial<Model> = {}): Model {
  const name = part.name ?? 'car-loan-default';
  return {
    source: 'demo',
    name,
    entityRef: `resource:default/${name}`,
    description: 'Probability that a car loan is not repaid.',
    owner: 'group:default/risk-analytics',
    ownerTag: 'risk-analytics',
    system: null,
    lifecycle: 'production',
    task: 'binary',
    framework: 'xgboost',
    riskTier: 'high',
    riskTierProposed: 'medium',
    riskTierConfirmed: null,
    tags: { domain: 'lending' },
    aliases: { champion: '2' },
    environments: [
      {
        environment: 'production',
        version: '2',
        share: null,
        since: null,
        observed: [],
      },
    ],
    latestVersion: '3',
    versionCount: 3,
    mainMetric: {
      key: 'test_log_loss',
      value: 0.25,
      direction: 'lower',
      version: '3',
    },
    trend: [
      { version: '1', value: 0.5 },
      { version: '2', value: 'NaN' },
      { version: '3', value: 0.25 },
    ],
    drift: 'unknown',
    cardCompleteness: null,
    links: [{ title: 'In MLflow', url: 'https://mlflow.example/models/1' }],
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-02-01T00:00:00Z',
    syncedAt: '2026-03-01T00:00:00Z',
    stale: false,
    ...part,
  };
}

export function testModelPage(
  items: Model[],
  part: Partial<ModelPage> = {},
): ModelPage {
  return { items, totalItems: items.length, nextCursor: null, ...part };
}

export function testMeasurement(part: Partial<Measurement> = {}): Measurement {
  return {
    key: 'test_roc_auc',
    value: 0.9,
    dataset: null,
    evaluationSet: null,
    slice: null,
    n: null,
    lower: null,
    upper: null,
    evidence: null,
    ...part,
  };
}

export function testVersion(part: Partial<Version> = {}): Version {
  return {
    source: 'demo',
    name: 'car-loan-default',
    version: '3',
    aliases: ['challenger'],
    stage: null,
    status: 'READY',
    description: null,
    author: 'ada',
    createdAt: '2026-02-01T00:00:00Z',
    updatedAt: null,
    runId: 'run3',
    runStatus: 'FINISHED',
    runTags: {},
    framework: 'xgboost',
    metrics: { test_roc_auc: 0.9 },
    params: { max_depth: '4' },
    tags: {},
    measurements: [],
    metricsWithHistory: [],
    decision: null,
    datasets: [],
    signature: null,
    signatureMessage: null,
    sourceCode: null,
    loadCode: null,
    links: [],
    syncedAt: '2026-03-01T00:00:00Z',
    stale: false,
    ...part,
  };
}

export function testComparison(part: Partial<Comparison> = {}): Comparison {
  return {
    versions: [
      testVersion({ version: '2', aliases: ['champion'] }),
      testVersion({ version: '3' }),
    ],
    metrics: [],
    params: [],
    datasets: [],
    signatureChanges: [],
    signatureUnknown: [],
    warnings: [],
    ...part,
  };
}

export function testSource(part: Partial<Source> = {}): Source {
  return {
    id: 'demo',
    kind: 'files',
    url: null,
    state: 'ok',
    lastSuccessAt: '2026-03-01T00:00:00Z',
    lastPassAt: '2026-03-01T00:00:00Z',
    models: 4,
    versions: 10,
    errors: [],
    progress: null,
    askedAt: null,
    lastPass: null,
    capabilities: ['list'],
    ...part,
  };
}

/** As many documents as a version has, none of them shown. */
export function testEvidenceCount(totalItems: number): EvidencePage {
  return {
    items: [],
    totalItems,
    nextCursor: null,
    problems: [],
    lookedThrough: true,
  };
}
