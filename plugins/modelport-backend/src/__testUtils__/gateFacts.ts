import {
  Measurement,
  Model,
  Version,
} from '@modelport/plugin-modelport-common';
import { gateRuleSchema } from '../promotions/gates/gateRules';
import { judgeGate } from '../promotions/gates/judgeGate';
import {
  GateEvidence,
  GateFacts,
  GateResult,
  GateVersion,
} from '../promotions/gates/types';

export const NOW = '2026-06-01T00:00:00.000Z';

/** Evidence of the tests: from an artefact, a month old. */
export function testEvidence(
  kind: string,
  body: unknown,
  part: Partial<GateEvidence> = {},
): GateEvidence {
  return {
    digest: `${kind}-${JSON.stringify(body).length}`,
    kind,
    producer: { name: 'evaluate.py', version: '1.4' },
    producedAt: '2026-05-01T00:00:00.000Z',
    receivedAt: '2026-05-02T00:00:00.000Z',
    from: 'artefact',
    body,
    ...part,
  };
}

export function testMeasurement(
  key: string,
  value: Measurement['value'],
  part: Partial<Measurement> = {},
): Measurement {
  return {
    key,
    value,
    dataset: null,
    evaluationSet: { id: 'holdout', hash: 'h1' },
    slice: null,
    n: 1_000,
    lower: null,
    upper: null,
    evidence: null,
    ...part,
  };
}

/** A version of the tests with its documents. */
export function testGateVersion(
  version: string,
  evidence: GateEvidence[] = [],
  part: Partial<Version> = {},
): GateVersion {
  return {
    evidence,
    version: {
      source: 'demo',
      name: 'credit',
      version,
      aliases: [],
      stage: null,
      status: 'READY',
      description: null,
      author: 'ada',
      createdAt: '2026-04-01T00:00:00.000Z',
      updatedAt: null,
      runId: null,
      runStatus: null,
      runTags: {},
      framework: null,
      metrics: {},
      params: {},
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
      syncedAt: NOW,
      stale: false,
      ...part,
    },
  };
}

export const testGateModel: Model = {
  source: 'demo',
  name: 'credit',
  entityRef: 'resource:default/credit',
  description: null,
  owner: 'group:default/risk-analytics',
  ownerTag: null,
  system: null,
  lifecycle: null,
  task: 'binary',
  framework: null,
  riskTier: 'high',
  riskTierProposed: null,
  riskTierConfirmed: null,
  tags: {},
  aliases: {},
  environments: [],
  latestVersion: '3',
  versionCount: 3,
  mainMetric: null,
  trend: [],
  drift: 'unknown',
  cardCompleteness: null,
  links: [],
  createdAt: null,
  updatedAt: null,
  syncedAt: NOW,
  stale: false,
};

/** What a gate of the tests is judged on. */
export function testFacts(part: Partial<GateFacts> = {}): GateFacts {
  return {
    now: NOW,
    environment: 'production',
    model: testGateModel,
    candidate: testGateVersion('3'),
    production: null,
    card: null,
    owner: 'group:default/risk-analytics',
    ownerGroups: ['group:default/risk-analytics'],
    groupsOf: new Map(),
    ...part,
  };
}

/** Judges a gate by its rule as config writes it. */
export function judged(
  rule: Record<string, unknown>,
  facts: Partial<GateFacts>,
): GateResult {
  const read = gateRuleSchema.parse({ id: 'gate', ...rule });
  if (read.type === 'custom') {
    throw new Error('A gate of a module is not judged here');
  }
  return judgeGate(read, testFacts(facts));
}

/** Rows of an evaluation, of which `scoreOf` says the score. */
export function testRows(
  n: number,
  scoreOf: (label: boolean, row: number) => number,
  groupOf?: (row: number) => Record<string, string>,
) {
  return {
    evaluationSet: { id: 'holdout' },
    rows: Array.from({ length: n }, (_none, row) => {
      const label = row % 2 === 0;
      return {
        id: `row ${row}`,
        label: label ? 1 : 0,
        score: scoreOf(label, row),
        ...(groupOf && { group: groupOf(row) }),
      };
    }),
  };
}
