import { PromotionRollout } from '@modelport/plugin-modelport-common';
import { OPEN_STATES, PromotionRecord } from '../PromotionRecord';
import { abortRuleInWords } from './AbortConditions';
import { heldUntil, isHeld } from './rolloutRules';

/** How a promotion goes by steps, as the API answers it; null where it comes at once. */
export function toRollout(
  record: PromotionRecord,
  at: string,
): PromotionRollout | null {
  const { rollout } = record;
  if (!rollout) {
    return null;
  }
  const isOver = !['approved', 'executing', 'failed'].includes(record.state);
  return {
    promotion: record.id,
    kind: rollout.kind,
    next: rollout.next,
    steps: rollout.steps.map(({ percent, mode, holdMs }) => ({
      percent,
      mode,
      holdSeconds: holdMs / 1_000,
    })),
    abortOn: rollout.abortOn.map(abortRuleInWords),
    step: rollout.step,
    since: rollout.since,
    heldUntil: isHeld(record) ? heldUntil(rollout) : null,
    waitsFor: waitsFor(record, at),
    shares:
      isOver || OPEN_STATES.includes(record.state) ? [] : rollout.expected,
    problem: rollout.problem,
    abort: rollout.abort,
  };
}

function waitsFor(
  record: PromotionRecord,
  at: string,
): PromotionRollout['waitsFor'] {
  const { rollout, state } = record;
  if (!rollout || (state !== 'executing' && state !== 'approved')) {
    return null;
  }
  if (!isHeld(record)) {
    return 'registry';
  }
  const until = heldUntil(rollout);
  const isLonger = until !== null && until > at;
  return isLonger || rollout.next === 'automatic' ? 'time' : 'person';
}
