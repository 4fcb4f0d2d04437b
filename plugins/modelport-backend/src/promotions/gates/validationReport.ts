import { validationBody } from '@modelport/plugin-modelport-common';
import { countingEvidence } from './countingEvidence';
import { gateResult } from './gateResult';
import { RuleOf } from './RuleOf';
import { GateFacts, GateResult } from './types';

/** An independent validation, signed off by somebody outside the owning group. The newest one counts. */
export function validationReport(
  rule: RuleOf<'validation-report'>,
  facts: GateFacts,
): GateResult {
  const title = 'Independent validation report';
  const threshold = rule.conclusions.join(' or ');
  const { documents, why } = countingEvidence(
    rule,
    facts.candidate,
    'validation',
    facts.now,
  );
  const unknown = (message: string) =>
    gateResult(rule, title, {
      outcome: 'unknown',
      threshold,
      evidence: documents.slice(0, 1),
      message,
    });
  if (why !== null) {
    return unknown(why);
  }
  const [document] = documents;
  const body = validationBody.safeParse(document.body).data;
  if (!body) {
    return unknown('The newest validation does not follow its schema.');
  }
  const { conclusion, independent } = body;
  const validator = body.validator.toLowerCase();
  const owner = facts.owner?.toLowerCase() ?? null;
  const groups = facts.groupsOf.get(validator);
  if (!groups) {
    return unknown(
      `It is signed by ${validator}, whom the catalog does not know.`,
    );
  }
  if (owner === null) {
    return unknown(
      'The model has no owner, so that nobody can be told to be outside the owning group.',
    );
  }
  const shared = { value: conclusion, threshold, evidence: [document] };
  if (facts.makers?.some(maker => maker.toLowerCase() === validator)) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'fail',
      message: `${validator} signed it, who made the version.`,
    });
  }
  if (Date.parse(body.signedAt) > Date.parse(facts.now)) {
    return unknown(
      `It says that it was signed at ${body.signedAt}, which is still to come.`,
    );
  }
  const own = facts.ownerGroups.find(group => groups.includes(group));
  if (!independent || validator === owner || own !== undefined) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'fail',
      message: independent
        ? `${validator} signed it, who belongs to ${
            own === undefined || own === owner
              ? owner
              : `${own}, as ${owner} does`
          }, which owns the model.`
        : `${validator} signed it, and it says itself that it is not independent.`,
    });
  }
  return gateResult(rule, title, {
    ...shared,
    outcome: rule.conclusions.includes(conclusion) ? 'pass' : 'fail',
    message: `${validator} found it ${conclusion} on ${body.signedAt.slice(
      0,
      10,
    )}${
      body.conditions?.length
        ? `, on these conditions: ${body.conditions.join('; ')}`
        : ''
    }.`,
  });
}
