import { GateOutcome } from '@modelport/plugin-modelport-common';
import { GateRule } from './gateRules';
import { madeAt } from './timesOf';
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
    producedAt: judged.producedAt ?? oldest(documents.map(madeAt)),
    receivedAt: oldest(documents.map(({ receivedAt }) => receivedAt)),
  };
}

/** The first of some times; null where one of them is not known. */
function oldest(times: Array<string | null>): string | null {
  const known = times.filter(time => time !== null);
  return known.length < times.length ? null : known.sort().at(0) ?? null;
}

function producerOf({ producer, from }: GateEvidence): string {
  const tool = producer
    ? [producer.name, producer.version].filter(Boolean).join(' ')
    : null;
  return tool ? `${tool} (${from})` : from;
}
