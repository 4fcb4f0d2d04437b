import {
  ChangedMeasurement,
  Gate,
  Promotion,
  PromotionActions,
  PromotionComment,
  PromotionFinding,
  PromotionState,
  QuorumReach,
} from '@modelport/plugin-modelport-common';
import { JudgedGate, PromotionRecord } from './PromotionRecord';
import { OPEN_STATES } from './PromotionRecord';
import { placeName } from './executionRules';
import { quorumOf, whyNotCounted } from './quorum';
import { toRollout } from './rollout/toRollout';
import { isHeld } from './rollout/rolloutRules';

/** A promotion as the API answers it. */
export function toPromotion(
  record: PromotionRecord,
  options: {
    at: string;
    /** Digest of the policy that would hold for it today. */
    policyDigest: string;
    actions: PromotionActions | null;
    reach: QuorumReach | null;
    changedMeasurements: ChangedMeasurement[] | null;
    comments: PromotionComment[] | null;
  },
): Promotion {
  const { at } = options;
  const isOpen = OPEN_STATES.includes(record.state);
  const { met: _met, ...quorum } = quorumOf(record);
  const notCounted = whyNotCounted(record);
  const { steps, state, message, startedAt, finishedAt } = record.execution;
  return {
    id: record.id,
    revision: record.revision,
    kind: record.kind,
    state: record.state,
    requestedBy: record.requestedBy,
    requestedAt: record.requestedAt,
    updatedAt: record.updatedAt,
    expiresAt: isOpen || record.state === 'expired' ? record.expiresAt : null,
    decidedAt: record.decidedAt ?? null,
    reason: record.reason,
    ticket: record.ticket,
    changeTicket: record.changeTicket
      ? { ...record.changeTicket, checks: record.changeTicket.checks ?? [] }
      : null,
    source: record.source,
    name: record.name,
    version: record.version,
    environment: record.environment,
    fromVersion: record.fromVersion,
    copy: record.policy.copy
      ? {
          ...record.policy.copy,
          version: record.execution.copied?.version ?? null,
        }
      : null,
    riskTier: record.riskTier,
    riskTierConfirmed: record.riskTierConfirmed,
    policy: {
      digest: record.policyDigest,
      changed: record.policyDigest !== options.policyDigest,
    },
    gates: record.requested.gates.map(gate => toGate(gate, record)),
    evidence: record.requested.evidence,
    evidenceChanged: record.now !== null,
    now: record.now && {
      at: record.now.at,
      gates: record.now.gates.map(gate => toGate(gate, record)),
      evidence: record.now.evidence,
    },
    changedMeasurements: options.changedMeasurements,
    conditions: record.conditions.map(condition => ({
      ...condition,
      overdue: condition.closedAt === null && condition.due <= at,
    })),
    quorum,
    reach: options.reach,
    decisions: record.decisions.map(decision => ({
      by: decision.by,
      decision: decision.decision,
      comment: decision.comment,
      at: decision.at,
      groups: decision.groups,
      changedSince:
        record.changedAtRevision !== null &&
        record.changedAtRevision > decision.revision,
      notCounted: notCounted(decision),
    })),
    excluded: record.excluded,
    comments: options.comments,
    execution: { state, message, steps, startedAt, finishedAt },
    rollout: toRollout(record, at),
    findings: findingsOf(record, at),
    actions: options.actions,
  };
}

/** A gate with the waiver that holds for it. */
function toGate(gate: JudgedGate, record: PromotionRecord): Gate {
  const waiver = record.waivers.find(
    ({ gate: id, expiredAt }) => id === gate.id && expiredAt === null,
  );
  return {
    ...gate,
    waiver: waiver
      ? {
          by: waiver.by,
          reason: waiver.reason,
          control: waiver.control,
          expiresAt: waiver.expiresAt,
          at: waiver.at,
        }
      : null,
  };
}

/** Of what nobody approved no condition holds. */
const NEVER_APPROVED: readonly PromotionState[] = [
  ...OPEN_STATES,
  'refused',
  'withdrawn',
  'expired',
];

/** What is open: of conditions until they are closed, of all else while the version is live. */
function findingsOf(record: PromotionRecord, at: string): PromotionFinding[] {
  const isLive = record.state === 'live' || isHeld(record);
  const conditions = record.conditions
    .filter(condition => condition.closedAt === null)
    .map(
      (condition): PromotionFinding => ({
        kind: condition.due <= at ? 'condition-overdue' : 'condition',
        text: `${condition.text} (${
          condition.owner
        }, due on ${condition.due.slice(0, 10)})`,
        since: condition.due <= at ? condition.due : record.updatedAt,
      }),
    );
  const waivers = record.waivers
    .filter(({ expiresAt }) => expiresAt <= at)
    .map(
      (waiver): PromotionFinding => ({
        kind: 'waiver-expired',
        text: `The gate ${waiver.gate} did not pass, and its waiver is over: ${waiver.reason}`,
        since: waiver.expiresAt,
      }),
    );
  const moved: PromotionFinding[] = record.movedElsewhere
    ? [
        {
          kind: 'moved-elsewhere',
          text: movedText(record, record.movedElsewhere.version),
          since: record.movedElsewhere.at,
        },
      ]
    : [];
  const shown = NEVER_APPROVED.includes(record.state) ? [] : conditions;
  return isLive ? [...shown, ...waivers, ...moved] : shown;
}

/** What somebody did at the registry besides a promotion, in words. */
function movedText(record: PromotionRecord, version: string | null): string {
  if (isHeld(record) && version === record.execution.expected) {
    return `Somebody changed the shares of ${record.environment} at the registry`;
  }
  return version === null
    ? `Somebody took ${placeName(record)} away at the registry`
    : `Somebody moved ${placeName(
        record,
      )} to version ${version} at the registry`;
}
