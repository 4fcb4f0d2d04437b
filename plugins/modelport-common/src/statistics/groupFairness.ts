import { Share, shareDifference, shareOf, shareRatio } from './shareDifference';

/**
 * What is compared between groups:
 * - `selection_rate_difference`: share of rows decided positive, less that of the reference (demographic parity)
 * - `selection_rate_ratio`: the same as a ratio (disparate impact)
 * - `true_positive_rate_difference`: equal opportunity
 * - `false_positive_rate_difference`: the other half of equalised odds
 * - `equalised_odds_difference`: both of them, each held against the same limit
 *
 * @public
 */
export const FAIRNESS_METRICS = [
  'selection_rate_difference',
  'selection_rate_ratio',
  'true_positive_rate_difference',
  'false_positive_rate_difference',
  'equalised_odds_difference',
] as const;

/**
 * One of {@link FAIRNESS_METRICS}.
 *
 * @public
 */
export type FairnessMetric = (typeof FAIRNESS_METRICS)[number];

/**
 * How a group compares with the reference group.
 *
 * @public
 */
export interface GroupComparison {
  group: string;
  /** Rows of the group. */
  n: number;
  /** Rows that the rates are shares of: all of them, or those of one label. */
  nCompared: number;
  /** The rate that was compared. */
  rate: 'selection_rate' | 'true_positive_rate' | 'false_positive_rate';
  /** Difference from the reference or ratio to it; null where there are no such rows, or nothing can be said. */
  comparison: Share | null;
}

const PART_OF = {
  selection_rate: 'selected',
  true_positive_rate: 'positive',
  false_positive_rate: 'negative',
} as const;

/**
 * Compares every group with the reference group. A row is decided positive where its score is at or above the
 * threshold. Differences have Newcombe's interval, ratios Katz's; groups are taken as independent, and the level is
 * that of each comparison alone.
 *
 * Source: the metrics are those of `fairlearn.metrics` by group, before it takes the largest over groups.
 *
 * @returns one comparison a group and rate; null where the reference group has no rows.
 * @public
 */
export function groupFairness(options: {
  labels: readonly boolean[];
  scores: readonly number[];
  groups: readonly string[];
  threshold: number;
  referenceGroup: string;
  metric: FairnessMetric;
  level?: number;
}): GroupComparison[] | null {
  const { labels, scores, groups, threshold, referenceGroup, level } = options;
  const counts = new Map<string, Counts>();
  groups.forEach((group, row) => {
    const of = counts.get(group) ?? {
      selected: { count: 0, n: 0 },
      positive: { count: 0, n: 0 },
      negative: { count: 0, n: 0 },
    };
    counts.set(group, of);
    const selected = scores[row] >= threshold ? 1 : 0;
    for (const part of [of.selected, labels[row] ? of.positive : of.negative]) {
      part.n += 1;
      part.count += selected;
    }
  });
  const reference = counts.get(referenceGroup);
  if (!reference) {
    return null;
  }
  return [...counts]
    .filter(([group]) => group !== referenceGroup)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([group, of]) =>
      ratesOf(options.metric).map(rate => {
        const part = PART_OF[rate];
        return {
          group,
          n: of.selected.n,
          nCompared: of[part].n,
          rate,
          comparison:
            options.metric === 'selection_rate_ratio'
              ? shareRatio(of[part], reference[part], level)
              : differenceOf(of[part], reference[part], level),
        };
      }),
    );
}

interface Counted {
  count: number;
  n: number;
}

type Counts = Record<'selected' | 'positive' | 'negative', Counted>;

function ratesOf(metric: FairnessMetric): Array<keyof typeof PART_OF> {
  switch (metric) {
    case 'true_positive_rate_difference':
      return ['true_positive_rate'];
    case 'false_positive_rate_difference':
      return ['false_positive_rate'];
    case 'equalised_odds_difference':
      return ['true_positive_rate', 'false_positive_rate'];
    default:
      return ['selection_rate'];
  }
}

function differenceOf(
  first: Counted,
  second: Counted,
  level?: number,
): Share | null {
  const [of, reference] = [first, second].map(({ count, n }) =>
    shareOf(count, n, level),
  );
  return of && reference && shareDifference(of, reference);
}
