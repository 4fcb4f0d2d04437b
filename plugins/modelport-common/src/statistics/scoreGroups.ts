import { chiSquareSurvival } from './chiSquareSurvival';
import { Interval } from './Interval';
import { logLossOfRow } from './logLoss';
import { normalQuantile } from './normalDistribution';
import { wilsonInterval } from './wilsonInterval';

/**
 * How many rows of each class have one score.
 *
 * @public
 */
export interface ScoreGroup {
  score: number;
  negative: number;
  positive: number;
}

/**
 * A figure with its interval where one is known.
 *
 * @public
 */
export interface Estimate {
  value: number;
  interval: Interval | null;
}

const BANDS = 10;

/**
 * How good probabilities are, from counts by score: the same figures as from the rows. ROC AUC with DeLong's interval
 * (Biometrics 44, 1988); PR AUC as average precision with the logit interval of K. Boyd et al. (ECML PKDD 2013); Brier
 * score and log loss with normal intervals of their means; ECE over 10 bands of equal width with an interval that
 * holds for all of its bands at once;
 * accuracy, precision and recall at a threshold with Wilson's intervals. F1 is 2J / (1 + J) of the share J of the rows
 * that are true positives among those that are positive by label or prediction, and has Wilson's interval of J, taken
 * the same way. Null where a class has too few rows.
 *
 * @param groups - each score once, in any order.
 * @param options - `decideAt`: a score of at least this counts as positive; `level` of the intervals.
 *
 * @public
 */
export function performanceOfScores(
  groups: readonly ScoreGroup[],
  options: { decideAt: number; level?: number },
): Record<string, Estimate | null> {
  const { decideAt, level = 0.95 } = options;
  const z = normalQuantile((1 + level) / 2);
  const ascending = [...groups].sort((a, b) => a.score - b.score);
  const confusion = { tp: 0, fp: 0, tn: 0, fn: 0 };
  for (const { score, negative, positive } of ascending) {
    if (score >= decideAt) {
      confusion.tp += positive;
      confusion.fp += negative;
    } else {
      confusion.fn += positive;
      confusion.tn += negative;
    }
  }
  const { tp, fp, tn, fn } = confusion;
  const n = tp + fp + tn + fn;
  const share = (successes: number, of: number): Estimate | null =>
    of > 0
      ? {
          value: successes / of,
          interval: wilsonInterval(successes, of, level),
        }
      : null;
  return {
    roc_auc: rocAucOfGroups(ascending, z),
    pr_auc: averagePrecision(ascending, z),
    brier: meanOfRows(
      ascending,
      z,
      (label, score) => (score - (label ? 1 : 0)) ** 2,
    ),
    log_loss: meanOfRows(ascending, z, logLossOfRow),
    ece: calibrationError(ascending, level),
    accuracy: share(tp + tn, n),
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    f1: f1Of(share(tp, tp + fp + fn)),
  };
}

function f1Of(shared: Estimate | null): Estimate | null {
  const f1 = (share: number) => (2 * share) / (1 + share);
  return (
    shared && {
      value: f1(shared.value),
      interval: shared.interval && {
        lower: f1(shared.interval.lower),
        upper: f1(shared.interval.upper),
      },
    }
  );
}

function rocAucOfGroups(ascending: ScoreGroup[], z: number): Estimate | null {
  const [negatives, positives] = totals(ascending);
  if (negatives < 2 || positives < 2) {
    return null;
  }
  let below = 0;
  let above = positives;
  const parts = ascending.map(({ negative, positive }) => {
    above -= positive;
    const part = {
      negative,
      positive,
      // Share of the other class that a row of this group is ordered rightly against.
      ofPositive: (below + negative / 2) / negatives,
      ofNegative: (above + positive / 2) / positives,
    };
    below += negative;
    return part;
  });
  const auc =
    parts.reduce((sum, one) => sum + one.positive * one.ofPositive, 0) /
    positives;
  const spread = (of: 'negative' | 'positive', total: number) =>
    parts.reduce((sum, one) => {
      const share = of === 'positive' ? one.ofPositive : one.ofNegative;
      return sum + one[of] * (share - auc) ** 2;
    }, 0) /
    (total - 1) /
    total;
  const error = Math.sqrt(
    spread('positive', positives) + spread('negative', negatives),
  );
  return {
    value: auc,
    interval: {
      lower: Math.max(0, auc - z * error),
      upper: Math.min(1, auc + z * error),
    },
  };
}

function averagePrecision(ascending: ScoreGroup[], z: number): Estimate | null {
  const [, positives] = totals(ascending);
  if (positives === 0) {
    return null;
  }
  let found = 0;
  let taken = 0;
  let value = 0;
  for (const { negative, positive } of [...ascending].reverse()) {
    found += positive;
    taken += negative + positive;
    value += (positive / positives) * (found / taken);
  }
  if (value >= 1) {
    return { value: Math.min(1, value), interval: null };
  }
  const logit = Math.log(value / (1 - value));
  const error = 1 / Math.sqrt(positives * value * (1 - value));
  const back = (at: number) => 1 / (1 + Math.exp(-at));
  return {
    value,
    interval: {
      lower: back(logit - z * error),
      upper: back(logit + z * error),
    },
  };
}

function meanOfRows(
  groups: ScoreGroup[],
  z: number,
  of: (label: boolean, score: number) => number,
): Estimate | null {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (const { score, negative, positive } of groups) {
    for (const [label, count] of [
      [false, negative],
      [true, positive],
    ] as const) {
      if (count > 0) {
        const value = of(label, score);
        n += count;
        sum += count * value;
        squares += count * value * value;
      }
    }
  }
  return meanWithInterval({ n, sum, squares }, z);
}

/**
 * A mean of figures of 0 or more from sums over rows, with the normal interval of a mean of that many.
 *
 * @public
 */
export function meanWithInterval(
  sums: { n: number; sum: number; squares: number },
  z: number = normalQuantile(0.975),
): Estimate | null {
  const { n, sum, squares } = sums;
  if (n === 0) {
    return null;
  }
  const value = sum / n;
  const variance =
    n > 1 ? Math.max(0, squares - n * value * value) / (n - 1) : null;
  const reach = variance === null ? null : z * Math.sqrt(variance / n);
  return {
    value,
    interval:
      reach === null
        ? null
        : { lower: Math.max(0, value - reach), upper: value + reach },
  };
}

/**
 * Few rows make bands look wrong that are not, always in one direction, so the figure drawn again says little of its
 * uncertainty. The interval is the figure of all shares of positives that a joint region of the bands leaves open: an
 * ellipsoid by the chi-square of as many bands as have rows, with shares as of A. Agresti and B. Coull (The American
 * Statistician 52, 1998). It holds the true figure at least as often as its level says, and reaches 0 for scores that
 * are right.
 */
function calibrationError(
  groups: ScoreGroup[],
  level: number,
): Estimate | null {
  const bands = Array.from({ length: BANDS }, () => ({
    n: 0,
    positive: 0,
    sum: 0,
  }));
  let n = 0;
  for (const { score, negative, positive } of groups) {
    const band =
      bands[Math.min(BANDS - 1, Math.max(0, Math.floor(score * BANDS)))];
    band.n += negative + positive;
    band.positive += positive;
    band.sum += score * (negative + positive);
    n += negative + positive;
  }
  if (n === 0) {
    return null;
  }
  const value =
    bands.reduce(
      (sum, { sum: scores, positive }) => sum + Math.abs(scores - positive),
      0,
    ) / n;
  const filled = bands.filter(band => band.n > 0);
  const variance = filled.reduce((sum, band) => {
    const share = (band.positive + 2) / (band.n + 4);
    return sum + (band.n * share * (1 - share)) / (n * n);
  }, 0);
  const reach = Math.sqrt(chiSquareQuantile(level, filled.length) * variance);
  return {
    value,
    interval: {
      lower: Math.max(0, value - reach),
      upper: Math.min(1, value + reach),
    },
  };
}

/** By halving: the degrees of freedom are few. */
function chiSquareQuantile(level: number, degreesOfFreedom: number): number {
  let [low, high] = [0, 1_000];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (chiSquareSurvival(middle, degreesOfFreedom) > 1 - level) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}

function totals(groups: readonly ScoreGroup[]): [number, number] {
  return groups.reduce<[number, number]>(
    ([negatives, positives], { negative, positive }) => [
      negatives + negative,
      positives + positive,
    ],
    [0, 0],
  );
}
