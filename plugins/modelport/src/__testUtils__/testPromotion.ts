import {
  AuditEntry,
  EnvironmentAt,
  Gate,
  Promotion,
  PromotionActions,
  QuorumReach,
} from '@modelport/plugin-modelport-common';

const ALLOWED = { allowed: true, reason: null };

export function testActions(
  part: Partial<PromotionActions> = {},
): PromotionActions {
  return {
    approve: ALLOWED,
    refuse: ALLOWED,
    recuse: ALLOWED,
    waive: ALLOWED,
    withdraw: { allowed: false, reason: 'You did not request it' },
    execute: { allowed: false, reason: 'It has not failed' },
    next: { allowed: false, reason: 'It waits at no step' },
    abort: { allowed: false, reason: 'It goes by no steps' },
    comment: ALLOWED,
    ...part,
  };
}

export function testGate(part: Partial<Gate> = {}): Gate {
  return {
    id: 'auc',
    type: 'metric-limit',
    title: 'roc_auc at least 0.8',
    outcome: 'pass',
    waiver: null,
    waivable: true,
    blocking: true,
    value: 0.9,
    lower: 0.87,
    upper: 0.93,
    threshold: 'at least 0.8',
    message: 'roc_auc is 0.9.',
    evidence: ['a'.repeat(64)],
    producer: 'evaluate.py 1.4 (artefact)',
    producedAt: '2026-02-01T00:00:00Z',
    ...part,
  };
}

export function testReach(part: Partial<QuorumReach> = {}): QuorumReach {
  return {
    state: 'can',
    nobodyLeft: [],
    unknown: [],
    needsYou: false,
    lastOf: [],
    ...part,
  };
}

/** A promotion of the tests: Ada asks, and waits for Rosa and Grace. */
export function testPromotion(part: Partial<Promotion> = {}): Promotion {
  return {
    id: '7',
    revision: 3,
    kind: 'promotion',
    state: 'in_review',
    requestedBy: 'user:default/ada',
    requestedAt: '2026-03-01T00:00:00Z',
    updatedAt: '2026-03-01T00:00:00Z',
    expiresAt: '2026-04-01T00:00:00Z',
    decidedAt: null,
    reason: 'Better on every slice',
    ticket: 'https://tickets.example/CHG-1',
    changeTicket: null,
    source: 'demo',
    name: 'car-loan-default',
    version: '3',
    environment: 'production',
    fromVersion: '2',
    copy: null,
    riskTier: 'high',
    riskTierConfirmed: false,
    policy: { digest: 'p1', changed: false },
    gates: [testGate()],
    evidence: [
      {
        kind: 'metrics',
        digest: 'a'.repeat(64),
        producer: 'evaluate.py 1.4',
        producedAt: '2026-02-01T00:00:00Z',
        from: 'artefact',
      },
    ],
    evidenceChanged: false,
    now: null,
    changedMeasurements: null,
    conditions: [],
    quorum: {
      required: 2,
      given: 0,
      differentGroups: true,
      oneFrom: ['group:default/model-risk'],
      waitingFor: ['user:default/grace', 'user:default/rosa'],
    },
    reach: testReach(),
    decisions: [],
    excluded: [{ entityRef: 'user:default/ada', why: 'requester' }],
    comments: [],
    execution: {
      state: 'waiting',
      message: null,
      steps: [],
      startedAt: null,
      finishedAt: null,
    },
    rollout: null,
    findings: [],
    actions: testActions(),
    ...part,
  };
}

export function testAuditEntry(part: Partial<AuditEntry> = {}): AuditEntry {
  return {
    seq: 12,
    at: '2026-03-01T00:00:00Z',
    actor: 'user:default/ada',
    action: 'promotion.requested',
    source: 'demo',
    name: 'car-loan-default',
    version: '3',
    environment: 'production',
    promotion: '7',
    detail: { reason: 'Better on every slice' },
    previousDigest: 'b'.repeat(64),
    digest: 'c'.repeat(64),
    ...part,
  };
}

/** Of a source that splits no traffic. */
export const NO_SPLITTING = {
  possible: false,
  message: 'The source "demo" splits no traffic',
};

export function testEnvironment(
  part: Partial<EnvironmentAt> = {},
): EnvironmentAt {
  return {
    environment: 'production',
    means: 'the alias champion',
    status: 'live',
    version: '2',
    since: '2026-02-01T00:00:00Z',
    knownSince: '2026-02-01T00:00:10Z',
    promotion: '5',
    behindPortal: false,
    copy: null,
    observed: [],
    shares: [],
    rollout: null,
    ...part,
  };
}
