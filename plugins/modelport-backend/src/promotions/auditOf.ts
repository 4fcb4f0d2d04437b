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
