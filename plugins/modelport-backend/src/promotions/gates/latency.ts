import { latencyBody } from '@modelport/plugin-modelport-common';
import { countingEvidence } from './countingEvidence';
import { gateResult } from './gateResult';
import { figureText } from './limits';
import { RuleOf } from './RuleOf';
import { GateFacts, GateResult } from './types';

/** How fast the version answers, by a percentile. */
export function latency(rule: RuleOf<'latency'>, facts: GateFacts): GateResult {
  const title = `Latency ${rule.percentile} at most ${rule.max} ms`;
  const { documents, why } = countingEvidence(
    rule,
    facts.candidate,
    'latency',
    facts.now,
  );
  if (why !== null) {
    return gateResult(rule, title, {
      outcome: 'unknown',
      threshold: rule.max,
      message: why,
    });
  }
  for (const document of documents) {
    const body = latencyBody.safeParse(document.body).data;
    const value = body?.percentiles[rule.percentile];
    if (
      body &&
      value !== undefined &&
      (rule.hardware === undefined || body.hardware === rule.hardware)
    ) {
      const outcome = value <= rule.max ? 'pass' : 'fail';
      const isEnough = body.n >= rule.minimumRequests;
      return gateResult(rule, title, {
        outcome: isEnough ? outcome : 'unknown',
        value,
        threshold: rule.max,
        evidence: [document],
        message: `${rule.percentile} is ${figureText(value)} ms over ${
          body.n
        } requests${body.hardware ? ` on ${body.hardware}` : ''}${
          isEnough ? '' : `, and the rule asks for ${rule.minimumRequests}`
        }.`,
      });
    }
  }
  return gateResult(rule, title, {
    outcome: 'unknown',
    threshold: rule.max,
    evidence: documents,
    message: `No latency evidence that counts says ${rule.percentile}${
      rule.hardware === undefined ? '' : ` on "${rule.hardware}"`
    }.`,
  });
}
