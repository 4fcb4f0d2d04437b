import { DriftState } from '@modelport/plugin-modelport-common';
import { comesFrom, tooOld } from './countingEvidence';
import { gateResult, madeAt } from './gateResult';
import { RuleOf } from './RuleOf';
import { GateFacts, GateResult } from './types';

const ORDER: DriftState[] = ['none', 'warning', 'drifting'];

/** The drift of the model's inputs, as monitoring says. */
export function drift(rule: RuleOf<'drift'>, facts: GateFacts): GateResult {
  const title =
    rule.worst === 'none' ? 'No drift' : 'No drift beyond a warning';
  const { drift: state } = facts.model;
  const all = [facts.candidate, facts.production]
    .flatMap(version => version?.evidence ?? [])
    .filter(({ kind }) => kind === 'drift' || kind === 'profile');
  const evidence = all.filter(({ from }) => comesFrom(rule, from));
  const shared = { value: state, threshold: rule.worst, evidence };
  if (state === 'unknown') {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message:
        'Whether the inputs drift is not known. Push drift evidence or profiles of windows.',
    });
  }
  if (all.length > 0 && evidence.length === 0) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message:
        'What is known of drift comes from nobody who counts for this gate.',
    });
  }
  if (
    rule.maxAgeDays !== undefined &&
    !evidence.some(document => !tooOld(rule, madeAt(document), facts.now))
  ) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message: `Nothing that is known of drift is newer than ${rule.maxAgeDays} days.`,
    });
  }
  return gateResult(rule, title, {
    ...shared,
    outcome:
      ORDER.indexOf(state) <= ORDER.indexOf(rule.worst) ? 'pass' : 'fail',
    message:
      state === 'none'
        ? 'Monitoring sees no drift.'
        : `Monitoring says: ${state}.`,
  });
}
