import { comesFrom, whatCounts } from './countingEvidence';
import { gateResult } from './gateResult';
import { RuleOf } from './RuleOf';
import { GateFacts, GateResult } from './types';

const MOST_NAMES = 10;

/** The card is complete for the model's risk tier. */
export function cardComplete(
  rule: RuleOf<'card-complete'>,
  facts: GateFacts,
): GateResult {
  const { card, candidate, model } = facts;
  const percent = (share: number) => `${Math.floor(share * 100)} %`;
  const title = `Card ${
    rule.minimum === 1 ? 'complete' : `at least ${percent(rule.minimum)}`
  } for risk tier ${model.riskTier}`;
  const cards = candidate.evidence.filter(({ kind }) => kind === 'card');
  const counted = new Set(
    cards
      .filter(({ from }) => comesFrom(rule, from))
      .map(({ digest }) => digest),
  );
  const others = cards.filter(({ digest }) => !counted.has(digest));
  if (!card) {
    return gateResult(rule, title, {
      outcome: 'unknown',
      threshold: rule.minimum,
      message: 'How complete the card is could not be told.',
    });
  }
  if (candidate.notAll?.includes('card')) {
    return gateResult(rule, title, {
      outcome: 'unknown',
      value: card.score,
      threshold: rule.minimum,
      message:
        'The version has more cards than are read, so that nobody can tell what the others say and whose they are.',
    });
  }
  const shared = {
    value: card.score,
    threshold: rule.minimum,
    evidence: cards,
  };
  if (others.length > 0) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message: `The card draws on what comes from ${[
        ...new Set(others.map(({ from }) => `"${from}"`)),
      ].join(', ')}, which does not count for this gate. ${whatCounts(rule)}`,
    });
  }
  const missing = card.missing.map(({ path }) => path);
  return gateResult(rule, title, {
    ...shared,
    outcome: card.score >= rule.minimum ? 'pass' : 'fail',
    message: `${percent(card.score)} by the template ${card.template}.${
      missing.length > 0
        ? ` Missing: ${missing.slice(0, MOST_NAMES).join(', ')}${
            missing.length > MOST_NAMES
              ? ` and ${missing.length - MOST_NAMES} more`
              : ''
          }.`
        : ''
    }`,
  });
}
