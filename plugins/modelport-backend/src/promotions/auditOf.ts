import { AuditEvent } from '../audit/AuditLog';
import { Judgement, PromotionRecord } from './PromotionRecord';

/** An entry of the audit chain about a promotion. */
export function auditOf(
  promotion: PromotionRecord,
  event: Pick<AuditEvent, 'actor' | 'action' | 'detail' | 'at'>,
): AuditEvent {
  return {
    ...event,
    source: promotion.source,
    name: promotion.name,
    version: promotion.version,
    environment: promotion.environment,
    promotion: promotion.id,
    detail: { revision: promotion.revision, ...event.detail },
  };
}

/** The gates and evidence of a judgement as an entry names them. */
export function judgementDetail(judgement: Judgement): Record<string, unknown> {
  return {
    gates: judgement.gates.map(
      ({ id, type, outcome, value, threshold, evidence, blocking }) => ({
        id,
        type,
        outcome,
        value,
        threshold,
        evidence,
        blocking,
      }),
    ),
    evidence: judgement.evidence.map(({ kind, digest }) => ({ kind, digest })),
  };
}

/** The entry of a state that a change brought, besides the one of the change itself. */
export function stateAudit(
  before: PromotionRecord,
  after: PromotionRecord,
  at: string,
  actor: string,
): AuditEvent[] {
  const told = ['approved', 'refused', 'withdrawn', 'expired'];
  return before.state !== after.state && told.includes(after.state)
    ? [
        auditOf(after, {
          actor,
          action: `promotion.${after.state}`,
          at,
          detail: {
            approvals: after.decisions
              .filter(({ decision }) => decision === 'approve')
              .map(({ by }) => by),
          },
        }),
      ]
    : [];
}
