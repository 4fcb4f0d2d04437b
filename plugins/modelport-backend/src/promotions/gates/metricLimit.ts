import { findMeasurement } from './findMeasurement';
import { gateResult } from './gateResult';
import {
  figureText,
  intervalText,
  judgeInterval,
  limitsText,
  within,
} from './limits';
import { RuleOf } from './RuleOf';
import { GateFacts, GateResult } from './types';

/** A metric against a limit; with `interval` its whole interval. */
export function metricLimit(
  rule: RuleOf<'metric-limit'>,
  facts: GateFacts,
): GateResult {
  const title = `${rule.metric} ${limitsText(rule)}`;
  const { found, why } = findMeasurement(rule, facts.candidate, facts.now);
  if (!found) {
    return gateResult(rule, title, { outcome: 'unknown', message: why });
  }
  const { value, measurement, ...origin } = found;
  const { lower, upper } = measurement;
  const shared = {
    ...origin,
    value,
    lower,
    upper,
    threshold: limitsText(rule),
  };
  if (!rule.interval) {
    return gateResult(rule, title, {
      ...shared,
      outcome: within(value, rule) ? 'pass' : 'fail',
      message: `${rule.metric} is ${figureText(value)}.`,
    });
  }
  if (lower === null || upper === null) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message: `${rule.metric} is ${figureText(
        value,
      )} without an interval, which the rule judges. Push it with lower and upper.`,
    });
  }
  if (value < lower || value > upper) {
    return gateResult(rule, title, {
      ...shared,
      outcome: 'unknown',
      message: `${rule.metric} is ${figureText(
        value,
      )}, which is not within its own interval of ${intervalText({
        lower,
        upper,
      })}, so that nobody can tell which of the two holds.`,
    });
  }
  const outcome = judgeInterval({ lower, upper }, rule);
  return gateResult(rule, title, {
    ...shared,
    outcome,
    message: `${rule.metric} is ${figureText(value)} (${intervalText({
      lower,
      upper,
    })})${outcome === 'unknown' ? ': the interval straddles the limit' : ''}.`,
  });
}
