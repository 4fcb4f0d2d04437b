import { chiSquareSurvival } from './chiSquareSurvival';

/**
 * A chi-square test.
 *
 * @public
 */
export interface ChiSquareTest {
  statistic: number;
  pValue: number;
  degreesOfFreedom: number;
}

/**
 * Pearson's chi-square test of the 2 × k table of two lists of counts, as `scipy.stats.chi2_contingency`. Bins that are
 * empty on both sides are left out; null where fewer than two are left.
 *
 * @param options - with `yates`, a 2 × 2 table is corrected for continuity.
 *
 * @public
 */
export function chiSquareContingency(
  reference: readonly number[],
  current: readonly number[],
  options: { yates?: boolean } = {},
): ChiSquareTest | null {
  const bins = reference.flatMap((count, bin) =>
    count + current[bin] > 0 ? [[count, current[bin]]] : [],
  );
  const n = reference.reduce((sum, count) => sum + count, 0);
  const m = current.reduce((sum, count) => sum + count, 0);
  if (bins.length < 2 || n === 0 || m === 0) {
    return null;
  }
  const corrects = options.yates && bins.length === 2;
  let statistic = 0;
  for (const [a, b] of bins) {
    for (const [observed, total] of [
      [a, n],
      [b, m],
    ]) {
      const expected = ((a + b) * total) / (n + m);
      const difference = Math.abs(observed - expected);
      const counted = corrects
        ? difference - Math.min(0.5, difference)
        : difference;
      statistic += counted ** 2 / expected;
    }
  }
  const degreesOfFreedom = bins.length - 1;
  return {
    statistic,
    pValue: chiSquareSurvival(statistic, degreesOfFreedom),
    degreesOfFreedom,
  };
}
