import { Interval } from './Interval';
import { normalQuantile } from './normalDistribution';

/**
 * Interval of a share: `successes` of `n`. The whole of [0, 1] where `n` is 0.
 *
 * Source: E. B. Wilson, JASA 22 (1927), the score interval without continuity correction; the same as
 * `statsmodels.stats.proportion.proportion_confint(method='wilson')`.
 *
 * @public
 */
export function wilsonInterval(
  successes: number,
  n: number,
  level = 0.95,
): Interval {
  if (n === 0) {
    return { lower: 0, upper: 1 };
  }
  const z = normalQuantile((1 + level) / 2);
  const share = successes / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach =
    (z / (1 + (z * z) / n)) *
    Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - reach),
    upper: successes === n ? 1 : Math.min(1, centre + reach),
  };
}
