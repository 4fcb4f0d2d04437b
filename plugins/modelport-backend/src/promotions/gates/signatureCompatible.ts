import { compareSignatures } from '../../models/compareSignatures';
import { gateResult } from './gateResult';
import { productionUnknown } from './productionUnknown';
import { RuleOf } from './RuleOf';
import { GateFacts, GateResult } from './types';

/** Callers of the version in production can call the candidate as they do. */
export function signatureCompatible(
  rule: RuleOf<'signature-compatible'>,
  facts: GateFacts,
): GateResult {
  const { candidate, production, environment } = facts;
  const title = `Signature compatible with ${environment}`;
  const threshold = 'no breaking change';
  const origin = {
    threshold,
    producer: 'the registry',
    producedAt: candidate.version.createdAt,
  };
  if (!production) {
    return gateResult(rule, title, {
      threshold,
      ...(productionUnknown(facts) ?? {
        outcome: 'pass',
        message: `Nothing is live in ${environment}, so that nobody calls it yet.`,
      }),
    });
  }
  const without = [candidate, production].find(
    ({ version }) => !version.signature,
  );
  if (
    without ||
    !candidate.version.signature ||
    !production.version.signature
  ) {
    return gateResult(rule, title, {
      ...origin,
      outcome: 'unknown',
      message: `Version ${without?.version.version} has no signature${
        without?.version.signatureMessage
          ? `: ${without.version.signatureMessage}`
          : '. Log the model with one'
      }`,
    });
  }
  const changes = compareSignatures(
    production.version.signature,
    candidate.version.signature,
  );
  const breaking = changes.filter(change => change.breaking);
  return gateResult(rule, title, {
    ...origin,
    outcome: breaking.length === 0 ? 'pass' : 'fail',
    value: `${breaking.length} breaking of ${changes.length} changes`,
    message:
      breaking.length === 0
        ? `Callers of version ${production.version.version} can call it as they do.`
        : breaking
            .map(
              ({ part, column, change, from, to, reason }) =>
                `${part} ${column} ${change}${
                  from && to ? ` from ${from} to ${to}` : ''
                }: ${reason}.`,
            )
            .join(' '),
  });
}
