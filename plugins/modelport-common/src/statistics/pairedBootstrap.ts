import { Interval } from './Interval';
import { quantileOfSorted } from './quantileOfSorted';
import { seededRandom } from './seededRandom';

/**
 * Mean of paired differences with the interval that drawing the rows again gives.
 *
 * @public
 */
export interface BootstrapEstimate extends Interval {
  estimate: number;
  resamples: number;
  seed: number;
  n: number;
}

/**
 * Percentile interval of a mean over rows, by drawing as many rows as there are, with replacement, again and again.
 * Give it the difference of two versions' losses row by row, and it is the paired bootstrap of the two. Null without
 * rows.
 *
 * Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), 13.3; quantiles between order statistics
 * are interpolated linearly, as `numpy.quantile` does.
 *
 * @public
 */
export function pairedBootstrap(
  differences: readonly number[],
  options: { resamples?: number; seed?: number; level?: number } = {},
): BootstrapEstimate | null {
  const { resamples = 2_000, seed = 1, level = 0.95 } = options;
  const n = differences.length;
  if (n === 0) {
    return null;
  }
  const values = Float64Array.from(differences);
  const random = seededRandom(seed);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    let sum = 0;
    for (let draw = 0; draw < n; draw += 1) {
      sum += values[Math.floor(random() * n)];
    }
    means[resample] = sum / n;
  }
  means.sort();
  return {
    estimate: values.reduce((sum, value) => sum + value, 0) / n,
    lower: quantileOfSorted(means, (1 - level) / 2),
    upper: quantileOfSorted(means, (1 + level) / 2),
    resamples,
    seed,
    n,
  };
}
