import {
  ExcludedPerson,
  FrozenEvidence,
  RiskTier,
} from '@modelport/plugin-modelport-common';
import { CustomGates } from './CustomGates';
import { gateResult } from './gates/gateResult';
import { GateRule } from './gates/gateRules';
import { judgeGate } from './gates/judgeGate';
import { madeAt } from './gates/timesOf';
import { GateEvidence, GateFacts, GateResult } from './gates/types';
import { authorsGate } from './makersOf';
import { Maker } from './People';
import { JudgedGate, Judgement } from './PromotionRecord';
import { prohibitedFactorGate } from './prohibitedFactorGate';
import { PromotionPolicy } from './promotionsConfig';

/** The metric that a rule means by `main`. */
const MAIN_METRIC = 'main';

/** Judges every gate of a policy on what is known. */
export async function judgePromotion(options: {
  policy: PromotionPolicy;
  facts: GateFacts;
  custom: CustomGates;
  /** Who made the version: people, and those of whom it is not known which person they are. */
  makers: ExcludedPerson[];
  unmapped: Maker[];
  /** Of the policy. */
  riskTier: RiskTier;
  /** What a rule means by `main`; null where that is nothing. */
  mainMetric: string | null;
}): Promise<Judgement> {
  const { policy, custom, makers, unmapped, riskTier, mainMetric } = options;
  const facts = {
    ...options.facts,
    makers: makers.map(({ entityRef }) => entityRef),
  };
  const gates: JudgedGate[] = [];
  for (const rule of policy.gates) {
    const result = await judgeRule(rule, facts, { custom, mainMetric });
    gates.push({ ...result, waivable: rule.waivable, blocking: true });
  }
  gates.push(
    authorsGate(facts, unmapped, { ...policy, riskTier }),
    ...prohibitedFactorGate(facts),
  );
  return {
    at: facts.now,
    gates,
    evidence: [
      ...facts.candidate.evidence.map(frozen),
      ...ofProduction(facts, gates),
    ],
  };
}

function frozen(document: GateEvidence): FrozenEvidence {
  const { kind, digest, producer, receivedAt, window, from } = document;
  return {
    kind,
    digest,
    producer:
      producer && [producer.name, producer.version].filter(Boolean).join(' '),
    producedAt: madeAt(document),
    receivedAt,
    ...(window && { window }),
    from,
  };
}

/** Documents of the version that is live on which gates were judged as well. */
function ofProduction(
  { candidate, production }: GateFacts,
  gates: JudgedGate[],
): FrozenEvidence[] {
  const judgedOn = new Set(gates.flatMap(({ evidence }) => evidence));
  const own = new Set(candidate.evidence.map(({ digest }) => digest));
  return (production?.evidence ?? [])
    .filter(({ digest }) => judgedOn.has(digest) && !own.has(digest))
    .map(document => ({
      ...frozen(document),
      version: production?.version.version,
    }));
}

async function judgeRule(
  rule: GateRule,
  facts: GateFacts,
  { custom, mainMetric }: { custom: CustomGates; mainMetric: string | null },
): Promise<GateResult> {
  if (rule.type === 'custom') {
    return custom.judge(rule, facts);
  }
  if (!('metric' in rule) || rule.metric !== MAIN_METRIC) {
    return judgeGate(rule, facts);
  }
  const unknown = (message: string) =>
    gateResult(rule, 'The main metric', { outcome: 'unknown', message });
  if (mainMetric === null) {
    return unknown('The model has no main metric.');
  }
  const { mainMetricBefore: before = mainMetric, environment } = facts;
  // Who may tag the model must not choose what it is judged on.
  return before === mainMetric
    ? judgeGate({ ...rule, metric: mainMetric }, facts)
    : unknown(
        `The main metric was "${before}" when what is live came to ${environment}, and is "${mainMetric}" by now, by what the model says of itself. Whether it may be judged on that is for a person to say; a rule that names the metric leaves no doubt.`,
      );
}
