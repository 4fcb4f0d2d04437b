import {
  fairnessBody,
  FairnessMetric,
  fromFigure,
  GateOutcome,
  groupFairness,
  Share,
  shareDifference,
  shareOf,
  shareRatio,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { countingEvidence, whyCut } from './countingEvidence';
import { gateResult } from './gateResult';
import { figureText, intervalText, judgeInterval, worstOf } from './limits';
import { rowsOf } from './rowsOf';
import { RuleOf } from './RuleOf';
import { GateEvidence, GateFacts, GateResult } from './types';

type Rule = RuleOf<'fairness'>;

/** How one group compares with the reference group. */
interface Compared {
  group: string;
  n: number;
  difference: Share | null;
  ratio: Share | null;
}

type Known =
  | {
      groups: Compared[];
      referenceN: number;
      document: GateEvidence;
      origin: string;
    }
  | { why: string };

/** What is computed here from rows, by the name of the metric. */
const FROM_ROWS: Record<
  string,
  { difference: FairnessMetric; ratio?: FairnessMetric }
> = {
  selection_rate: {
    difference: 'selection_rate_difference',
    ratio: 'selection_rate_ratio',
  },
  true_positive_rate: { difference: 'true_positive_rate_difference' },
  false_positive_rate: { difference: 'false_positive_rate_difference' },
  equalised_odds: { difference: 'equalised_odds_difference' },
};

/**
 * One metric between groups of people: every group against the reference group, by the difference (either way) and the
 * ratio (of the smaller to the larger). An interval that straddles the limit is unknown, as is a group that is too small.
 */
export function fairness(rule: Rule, facts: GateFacts): GateResult {
  const limits = [
    rule.maxDifference !== undefined &&
      `difference at most ${rule.maxDifference}`,
    rule.minRatio !== undefined && `ratio at least ${rule.minRatio}`,
  ]
    .filter(Boolean)
    .join(', ');
  const title = `${rule.metric} by ${rule.attribute}: ${limits}`;
  const cut = whyCut(facts.candidate, 'evaluation-rows');
  const known =
    cut === null
      ? fromRows(rule, facts) ?? fromDocument(rule, facts)
      : { why: cut };
  if ('why' in known) {
    return gateResult(rule, title, {
      outcome: 'unknown',
      threshold: limits,
      message: known.why,
    });
  }
  const small = [
    { group: rule.referenceGroup, n: known.referenceN },
    ...known.groups,
  ].filter(({ n }) => n < rule.minimumGroupSize);
  const judged = [
    ...small.map(({ group, n }) => ({
      outcome: 'unknown' as const,
      share: null,
      message: `"${group}" has ${n} rows, fewer than the ${rule.minimumGroupSize} that are judged.`,
    })),
    ...known.groups
      .filter(({ n }) => n >= rule.minimumGroupSize)
      .flatMap(group => [
        ...(rule.maxDifference === undefined
          ? []
          : [judge(rule, group.group, 'differs', group.difference)]),
        ...(rule.minRatio === undefined
          ? []
          : [judge(rule, group.group, 'ratio', group.ratio)]),
      ]),
  ];
  const worst = worstOf(judged);
  return gateResult(rule, title, {
    outcome: worst?.outcome ?? 'unknown',
    value: worst?.share?.value,
    lower: worst?.share?.lower,
    upper: worst?.share?.upper,
    threshold: limits,
    evidence: [known.document],
    message: worst
      ? `${judged
          .filter(({ outcome }) => outcome === worst.outcome)
          .map(({ message }) => message)
          .join(' ')} ${known.origin}`
      : `There is no group besides "${rule.referenceGroup}". ${known.origin}`,
  });
}

function judge(
  rule: Rule,
  group: string,
  by: 'differs' | 'ratio',
  share: Share | null,
): { outcome: GateOutcome; share: Share | null; message: string } {
  if (!share) {
    return {
      outcome: 'unknown',
      share,
      message: `Nothing can be said of the ${
        by === 'ratio' ? 'ratio' : 'difference'
      } for "${group}" with an interval: push evaluation-rows, or the interval of every group.`,
    };
  }
  const ratio = rule.minRatio ?? 0;
  const difference = rule.maxDifference ?? 0;
  const outcome = judgeInterval(
    share,
    by === 'ratio'
      ? { min: ratio, max: ratio > 0 ? 1 / ratio : undefined }
      : { min: -difference, max: difference },
  );
  return {
    outcome,
    share,
    message: `"${group}" ${
      by === 'ratio' ? 'has the ratio' : 'differs by'
    } ${figureText(share.value)} (${intervalText(share)})${
      outcome === 'unknown' ? ', which straddles the limit' : ''
    }.`,
  };
}

function fromRows(rule: Rule, facts: GateFacts): Known | null {
  const metric = FROM_ROWS[rule.metric];
  const found = rowsOf(rule, facts);
  if (!metric || !found.rows || rule.threshold === undefined) {
    return null;
  }
  const { rows, document } = found;
  const places = rows.groups.flatMap((group, place) =>
    group[rule.attribute] ? [place] : [],
  );
  if (places.length === 0) {
    return null;
  }
  const options = {
    labels: places.map(place => rows.labels[place]),
    scores: places.map(place => rows.scores[place]),
    groups: places.map(place => rows.groups[place][rule.attribute] ?? ''),
    threshold: rule.threshold,
    referenceGroup: rule.referenceGroup,
    level: rule.level,
  };
  const differences = groupFairness({ ...options, metric: metric.difference });
  if (!differences) {
    return {
      why: `No row of "${rows.evaluationSet.id}" is of the reference group "${rule.referenceGroup}".`,
    };
  }
  const ratios =
    metric.ratio && groupFairness({ ...options, metric: metric.ratio });
  return {
    groups: differences.map(({ group, rate, nCompared, comparison }) => ({
      group: rule.metric === 'equalised_odds' ? `${group}, ${rate}` : group,
      n: nCompared,
      difference: comparison,
      ratio: ratios?.find(one => one.group === group)?.comparison ?? null,
    })),
    referenceN: options.groups.filter(group => group === rule.referenceGroup)
      .length,
    document,
    origin: `Computed from ${places.length} rows of "${rows.evaluationSet.id}" against "${rule.referenceGroup}", decided at ${rule.threshold}, each comparison at the level ${rule.level}.`,
  };
}

function fromDocument(rule: Rule, facts: GateFacts): Known {
  const { documents, why } = countingEvidence(
    rule,
    facts.candidate,
    'fairness',
    facts.now,
  );
  if (why !== null) {
    return { why };
  }
  for (const document of documents) {
    const body = fairnessBody.safeParse(document.body).data;
    if (
      body &&
      body.metric === rule.metric &&
      body.attribute === rule.attribute &&
      (rule.threshold === undefined || body.threshold === rule.threshold)
    ) {
      return compareGroups(rule, body, document);
    }
  }
  return {
    why: `No fairness evidence that counts is about "${rule.metric}" by "${
      rule.attribute
    }"${rule.threshold === undefined ? '' : ` decided at ${rule.threshold}`}.`,
  };
}

function compareGroups(
  rule: Rule,
  body: z.output<typeof fairnessBody>,
  document: GateEvidence,
): Known {
  const reference = body.groups.find(
    ({ group }) => group === rule.referenceGroup,
  );
  if (!reference) {
    return {
      why: `The fairness evidence says nothing of the reference group "${rule.referenceGroup}".`,
    };
  }
  const shareIn = (group: typeof reference) => groupShare(rule, group);
  return {
    groups: body.groups
      .filter(({ group }) => group !== rule.referenceGroup)
      .map(group => {
        const [of, base] = [shareIn(group), shareIn(reference)];
        return {
          group: group.group,
          n: group.n,
          difference: of && base && shareDifference(of, base),
          ratio:
            rule.metric === 'selection_rate'
              ? shareRatio(countOf(group), countOf(reference), rule.level)
              : null,
        };
      }),
    referenceN: reference.n,
    document,
    origin: `As the document says against "${rule.referenceGroup}"${
      body.threshold === null || body.threshold === undefined
        ? ''
        : `, decided at ${body.threshold}`
    }.`,
  };
}

type Group = z.output<typeof fairnessBody>['groups'][number];

/** The share with its interval: the document's own, else Wilson's where all rows of the group are what it is a share of. */
function groupShare(rule: Rule, group: Group): Share | null {
  const value = fromFigure(group.value);
  const [lower, upper] = [group.lower, group.upper].map(end =>
    end === null || end === undefined ? NaN : fromFigure(end),
  );
  if (!(value >= 0 && value <= 1)) {
    return null;
  }
  if (lower <= value && upper >= value && (group.level ?? 0) >= rule.level) {
    return { value, lower, upper };
  }
  const { count, n } = countOf(group);
  return rule.metric === 'selection_rate'
    ? shareOf(count, n, rule.level)
    : null;
}

function countOf(group: Group): { count: number; n: number } {
  return { count: Math.round(fromFigure(group.value) * group.n), n: group.n };
}
