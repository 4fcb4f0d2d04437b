import { Interval } from './Interval';
import { normalQuantile } from './normalDistribution';
import { wilsonInterval } from './wilsonInterval';

/**
 * A share with its interval.
 *
 * @public
 */
export interface Share extends Interval {
  value: number;
}

/**
 * A count of a whole as a share with its Wilson interval; null where the whole is empty.
 *
 * @public
 */
export function shareOf(count: number, n: number, level = 0.95): Share | null {
  return n === 0
    ? null
    : { value: count / n, ...wilsonInterval(count, n, level) };
}

/**
 * Difference of two independent shares, first less second, with an interval made of theirs.
 *
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10, where the intervals are Wilson's; for any
 * others the same square-and-add is MOVER (G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008)).
 *
 * @public
 */
export function shareDifference(first: Share, second: Share): Share {
  const value = first.value - second.value;
  return {
    value,
    lower:
      value -
      Math.hypot(first.value - first.lower, second.upper - second.value),
    upper:
      value +
      Math.hypot(first.upper - first.value, second.value - second.lower),
  };
}

/**
 * Ratio of two independent shares with Katz's interval on the logarithm; null where either count is 0, of which it says
 * nothing.
 *
 * Source: D. Katz et al., Biometrics 34 (1978); the same as
 * `statsmodels.stats.proportion.confint_proportions_2indep(method='log', compare='ratio')`.
 *
 * @public
 */
export function shareRatio(
  first: { count: number; n: number },
  second: { count: number; n: number },
  level = 0.95,
): Share | null {
  if (first.count === 0 || second.count === 0) {
    return null;
  }
  const value = first.count / first.n / (second.count / second.n);
  const reach =
    normalQuantile((1 + level) / 2) *
    Math.sqrt(1 / first.count - 1 / first.n + 1 / second.count - 1 / second.n);
  return {
    value,
    lower: value * Math.exp(-reach),
    upper: value * Math.exp(reach),
  };
}
