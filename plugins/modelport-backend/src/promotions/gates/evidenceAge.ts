import { countingEvidence } from './countingEvidence';
import { gateResult } from './gateResult';
import { RuleOf } from './RuleOf';
import { isUndated } from './timesOf';
import { GateFacts, GateResult } from './types';

/** Evidence of some kinds is there and not too old. */
export function evidenceAge(
  rule: RuleOf<'evidence-age'>,
  { candidate, now }: GateFacts,
): GateResult {
  const found = rule.kinds.map(kind =>
    countingEvidence(rule, candidate, kind, now),
  );
  const documents = found.flatMap(one => one.documents.slice(0, 1));
  const missing = found.flatMap(({ why }) => why ?? []);
  return gateResult(
    rule,
    `${rule.kinds.join(', ')} not older than ${rule.maxAgeDays} days`,
    {
      outcome: missing.length === 0 ? 'pass' : 'unknown',
      value: `${rule.kinds.length - missing.length} of ${rule.kinds.length}`,
      threshold: `${rule.maxAgeDays} days`,
      evidence: documents,
      message:
        missing.length === 0
          ? `All of it is there and new enough.${
              documents.some(isUndated)
                ? ` What does not say when it was made is taken to be as old as the version, of ${candidate.version.createdAt}.`
                : ''
            }`
          : missing.join(' '),
    },
  );
}
