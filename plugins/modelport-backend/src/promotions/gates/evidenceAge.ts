import { countingEvidence } from './countingEvidence';
import { gateResult } from './gateResult';
import { RuleOf } from './RuleOf';
import { GateFacts, GateResult } from './types';

/** Evidence of some kinds is there and not too old. */
export function evidenceAge(
  rule: RuleOf<'evidence-age'>,
  { candidate, now }: GateFacts,
): GateResult {
  const found = rule.kinds.map(kind =>
    countingEvidence(rule, candidate, kind, now),
  );
  const missing = found.flatMap(({ why }) => why ?? []);
  return gateResult(
    rule,
    `${rule.kinds.join(', ')} not older than ${rule.maxAgeDays} days`,
    {
      outcome: missing.length === 0 ? 'pass' : 'unknown',
      value: `${rule.kinds.length - missing.length} of ${rule.kinds.length}`,
      threshold: `${rule.maxAgeDays} days`,
      evidence: found.flatMap(({ documents }) => documents.slice(0, 1)),
      message:
        missing.length === 0
          ? 'All of it is there and new enough.'
          : missing.join(' '),
    },
  );
}
