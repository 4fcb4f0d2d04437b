import { GateOutcome } from '@modelport/plugin-modelport-common';
import { GateRule } from './gateRules';
import { GateEvidence, GateResult } from './types';

/** How a gate came out, without what every result says alike. */
export interface Judged {
  outcome: GateOutcome;
  /** Why, in words. */
  message: string;
  value?: number | string | null;
  lower?: number | null;
  upper?: number | null;
  threshold?: number | string | null;
  /** What it was judged on. */
  evidence?: readonly GateEvidence[];
  /** Where it was judged on something else than documents. */
  producer?: string | null;
  producedAt?: string | null;
}

/** The result of a gate as the API answers it; several documents are as old as the oldest of them. */
export function gateResult(
  rule: GateRule,
  title: string,
  judged: Judged,
): GateResult {
  const documents = [...new Set(judged.evidence ?? [])];
  return {
    id: rule.id,
    type: rule.type,
    title: rule.title ?? title,
    outcome: judged.outcome,
    value: judged.value ?? null,
    lower: judged.lower ?? null,
    upper: judged.upper ?? null,
    threshold: judged.threshold ?? null,
    message: judged.message,
    evidence: [...new Set(documents.map(({ digest }) => digest))],
    producer:
      judged.producer ??
      ([...new Set(documents.map(producerOf))].join('; ') || null),
    producedAt: judged.producedAt ?? documents.map(madeAt).sort().at(0) ?? null,
  };
}

/** When a document was made; never later than it arrived, whatever it says itself. */
export function madeAt(document: GateEvidence): string {
  const [made, received] = [document.producedAt, document.receivedAt].map(
    time => Date.parse(time),
  );
  return new Date(made < received ? made : received).toISOString();
}

function producerOf({ producer, from }: GateEvidence): string {
  const tool = producer
    ? [producer.name, producer.version].filter(Boolean).join(' ')
    : null;
  return tool ? `${tool} (${from})` : from;
}
