import { DriftState } from '@modelport/plugin-modelport-common';
import { comesFrom, tooOld } from './countingEvidence';
import { gateResult } from './gateResult';
import { RuleOf } from './RuleOf';
import { datedAt } from './timesOf';
import { GateFacts, GateResult } from './types';

const ORDER: DriftState[] = ['none', 'warning', 'drifting'];

/** The drift of the model's inputs, as monitoring says. */
export function drift(rule: RuleOf<'drift'>, facts: GateFacts): GateResult {
  const title =
    rule.worst === 'none' ? 'No drift' : 'No drift beyond a warning';
  const { drift: state } = facts.model;
  const all = [facts.candidate, facts.production]
    .flatMap(of =>
      (of?.evidence ?? []).map(document => ({
        document,
        at: of && datedAt(document, of.version),
      })),
    )
    .filter(({ document: { kind } }) => kind === 'drift' || kind === 'profile');
  const counted = all.filter(({ document }) => comesFrom(rule, document.from));
  const evidence = counted.map(({ document }) => document);
  const shared = { value: state, threshold: rule.worst, evidence };
  if (state === 'unknown') {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message:
        'Whether the inputs drift is not known. Push drift evidence or profiles of windows.',
    });
  }
  const isCut = [facts.candidate, facts.production].some(version =>
    ['drift', 'profile'].some(kind => version?.notAll?.includes(kind)),
  );
  // Of what the newest are all from who counts the older ones say nothing of today.
  if (isCut && evidence.length < all.length) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message:
        'There is more evidence of drift than is read, so that nobody can tell whose the rest is.',
    });
  }
  // The state is that of all windows together, whoever they are from.
  const others = all.filter(({ document }) => !comesFrom(rule, document.from));
  if (others.length > 0) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message: `${
        evidence.length === 0 ? 'What' : 'Part of what'
      } is known of drift comes from ${[
        ...new Set(others.map(({ document }) => document.from)),
      ].join(', ')}, which does not count for this gate.`,
    });
  }
  if (
    rule.maxAgeDays !== undefined &&
    !counted.some(({ at }) => !tooOld(rule, at, facts.now))
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
