import {
  EvaluationSet,
  metricDirection,
} from '@modelport/plugin-modelport-common';
import { countingEvidence, whyCut } from './countingEvidence';
import { tooFewRows } from './enoughRows';
import { findMeasurement } from './findMeasurement';
import { gateResult, Judged } from './gateResult';
import {
  figureText,
  intervalText,
  judgeInterval,
  Limits,
  within,
} from './limits';
import { PairedDifference, pairedMetric, pairedMetricOf } from './pairedMetric';
import { productionUnknown } from './productionUnknown';
import { RuleOf } from './RuleOf';
import { scoredRows } from './scoredRows';
import { GateEvidence, GateFacts, GateResult, GateVersion } from './types';

type Rule = RuleOf<'metric-vs-production'>;

/** Which way a metric gets better. */
type Direction = NonNullable<ReturnType<typeof metricDirection>>;

/**
 * A metric against the version in production, on the same evaluation set: no worse than by the tolerance. Where the rows
 * of both are there, the interval of the difference on the same rows is judged: wholly no worse passes, wholly worse
 * fails, and one that straddles the tolerance is unknown.
 */
export function metricVersusProduction(
  rule: Rule,
  facts: GateFacts,
): GateResult {
  const { candidate, production, environment } = facts;
  const title = `${rule.metric} ${
    rule.tolerance === 0 ? 'no worse' : `at most ${rule.tolerance} worse`
  } than in ${environment}`;
  const result = (judged: Judged) => gateResult(rule, title, judged);
  if (!production) {
    return result(
      productionUnknown(facts) ?? {
        outcome: 'pass',
        message: `Nothing is live in ${environment} to compare with.`,
      },
    );
  }
  if (production.version.version === candidate.version.version) {
    return result({
      outcome: 'pass',
      message: `Version ${candidate.version.version} is what is live in ${environment}.`,
    });
  }
  const direction = rule.direction ?? metricDirection(rule.metric);
  if (!direction) {
    return result({
      outcome: 'unknown',
      message: `Whether a higher "${rule.metric}" is better is not known: the rule has to say its direction.`,
    });
  }
  const limits: Limits =
    direction === 'higher' ? { min: -rule.tolerance } : { max: rule.tolerance };
  const threshold = limits.min ?? limits.max;
  const cut =
    whyCut(candidate, 'evaluation-rows') ??
    whyCut(production, 'evaluation-rows');
  if (rule.paired !== 'off' && cut !== null) {
    return result({ outcome: 'unknown', threshold, message: cut });
  }
  const rows = rule.paired === 'off' ? null : pairOf(rule, facts, production);
  if (rows?.paired) {
    const { paired, evidence } = rows;
    const tooFew = tooFewRows(rule, paired.n, 'What both versions scored');
    if (tooFew !== null) {
      return result({
        outcome: 'unknown',
        threshold,
        evidence,
        message: tooFew,
      });
    }
    const outcome = judgeInterval(paired, limits);
    return result({
      outcome,
      value: paired.difference,
      lower: paired.lower,
      upper: paired.upper,
      threshold,
      evidence,
      message: `${rule.metric}, on the same ${paired.n} rows of "${
        rows.set
      }": ${figureText(paired.candidate)} against ${figureText(
        paired.production,
      )} of version ${production.version.version}, ${changeText(
        paired.difference,
        direction,
      )} (the difference is ${intervalText(paired)} by ${paired.method}), ${
        outcome === 'unknown'
          ? `of which the interval straddles the tolerance of ${rule.tolerance}`
          : toleranceText(rule, outcome)
      }.`,
    });
  }
  if (rows && rule.paired === 'require') {
    return result({
      outcome: 'unknown',
      threshold,
      message: `The rule demands a comparison row by row, and ${rows.why}. Push evaluation-rows of both versions.`,
    });
  }
  return result({
    threshold,
    ...byFigures(rule, facts, production, { limits, direction }),
  });
}

function byFigures(
  rule: Rule,
  facts: GateFacts,
  production: GateVersion,
  { limits, direction }: { limits: Limits; direction: Direction },
): Judged {
  const ours = findMeasurement(rule, facts.candidate, facts.now);
  // What is live may have been measured long ago.
  const theirs = findMeasurement(
    { ...rule, maxAgeDays: undefined },
    production,
    facts.now,
  );
  if (!ours.found || !theirs.found) {
    return { outcome: 'unknown', message: ours.why ?? theirs.why ?? '' };
  }
  const [set, otherSet] = [ours.found, theirs.found].map(
    ({ measurement }) => measurement.evaluationSet,
  );
  const evidence = [...ours.found.evidence, ...theirs.found.evidence];
  const different = differenceOfSets(set, otherSet);
  if (different) {
    return { outcome: 'unknown', evidence, message: different };
  }
  // 0.90 less 0.91 is no more than 0.01 worse, whatever binary fractions make of it.
  const value = Number((ours.found.value - theirs.found.value).toPrecision(12));
  const outcome = within(value, limits) ? 'pass' : 'fail';
  return {
    outcome,
    value,
    evidence,
    producer: evidence.length > 0 ? null : ours.found.producer,
    producedAt: ours.found.producedAt,
    message: `${rule.metric}, on "${set?.id}": ${figureText(
      ours.found.value,
    )} against ${figureText(theirs.found.value)} of version ${
      production.version.version
    }, ${changeText(value, direction)}, ${toleranceText(
      rule,
      outcome,
    )}. Of the difference no interval is known without the rows of both.`,
  };
}

/** How a difference is to be taken, in words. */
function changeText(difference: number, direction: Direction): string {
  if (difference === 0) {
    return 'no better and no worse';
  }
  const isBetter = difference > 0 === (direction === 'higher');
  return `${isBetter ? 'better' : 'worse'} by ${figureText(
    Math.abs(difference),
  )}`;
}

function toleranceText({ tolerance }: Rule, outcome: 'pass' | 'fail'): string {
  return `${
    outcome === 'pass' ? 'within' : 'beyond'
  } the tolerance of ${tolerance}`;
}

function pairOf(
  rule: Rule,
  facts: GateFacts,
  production: GateVersion,
):
  | {
      paired: PairedDifference;
      set: string;
      evidence: GateEvidence[];
      why: null;
    }
  | { paired: null; why: string } {
  const none = (why: string) => ({ paired: null, why });
  const metric = pairedMetricOf(rule.metric);
  if (!metric) {
    return none(`"${rule.metric}" is not compared row by row here`);
  }
  if (rule.slice !== undefined) {
    return none('rows say nothing of slices');
  }
  const ours = countingEvidence(
    rule,
    facts.candidate,
    'evaluation-rows',
    facts.now,
  );
  const theirs = countingEvidence(
    { from: rule.from },
    production,
    'evaluation-rows',
    facts.now,
  );
  const measured = findMeasurement(
    { ...rule, maxAgeDays: undefined, minimumRows: 0 },
    facts.candidate,
    facts.now,
  ).found?.measurement.evaluationSet?.id;
  const set = rule.evaluationSet ?? measured;
  let why = 'the rows of one of the versions are not there';
  for (const one of ours.documents) {
    for (const other of theirs.documents) {
      const [first, second] = [scoredRows(one), scoredRows(other)];
      if (!first.rows || !second.rows) {
        why = first.why ?? second.why ?? why;
      } else if (
        (set ?? first.rows.evaluationSet.id) !== first.rows.evaluationSet.id ||
        isOtherSet(first.rows.evaluationSet, second.rows.evaluationSet)
      ) {
        why = 'the rows of the versions are of another evaluation set';
      } else {
        const compared = pairedMetric(
          metric,
          first.rows,
          second.rows,
          rule.level,
        );
        if (compared.paired) {
          return {
            paired: compared.paired,
            set: first.rows.evaluationSet.id,
            evidence: [one, other],
            why: null,
          };
        }
        why = compared.why;
      }
    }
  }
  return none(why);
}

/** Whether rows say that they are of another set; whether they are the same ones they tell themselves. */
function isOtherSet(first: EvaluationSet, second: EvaluationSet): boolean {
  return (
    first.id !== second.id ||
    (!!first.hash && !!second.hash && first.hash !== second.hash)
  );
}

/** Why two figures are not known to be measured on the same set; null where they are. A name alone says nothing. */
function differenceOfSets(
  first: EvaluationSet | null,
  second: EvaluationSet | null,
): string | null {
  if (!first || !second) {
    return 'One of the figures does not say on which evaluation set it was measured, so that they are not compared. Push metrics with their evaluationSet.';
  }
  if (!isOtherSet(first, second)) {
    return first.hash && second.hash
      ? null
      : `Both figures were measured on "${first.id}", but whether its rows were the same is not known without the hash of both. Push metrics with the hash of their evaluationSet, or evaluation-rows of both versions.`;
  }
  return `The figures were measured on different sets ("${first.id}" and "${
    second.id
  }"${
    first.id === second.id ? ', of different rows' : ''
  }), so that they are not compared.`;
}
