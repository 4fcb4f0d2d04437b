import { ChiSquareTest } from './chiSquareContingency';
import { chiSquareSurvival } from './chiSquareSurvival';

/**
 * Chi-square test of how well the current counts fit the reference's shares, as `scipy.stats.chisquare`. Where
 * the current sample has something in a bin that is empty in the reference, the statistic is infinite and the p-value 0.
 * Null with fewer than two bins.
 *
 * @public
 */
export function chiSquareFit(
  reference: readonly number[],
  current: readonly number[],
): ChiSquareTest | null {
  if (reference.length < 2) {
    return null;
  }
  const n = reference.reduce((sum, count) => sum + count, 0);
  const m = current.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  reference.forEach((count, bin) => {
    const expected = (count * m) / n;
    if (count > 0 || current[bin] > 0) {
      statistic += (current[bin] - expected) ** 2 / expected;
    }
  });
  const degreesOfFreedom = reference.length - 1;
  return {
    statistic,
    pValue: Number.isFinite(statistic)
      ? chiSquareSurvival(statistic, degreesOfFreedom)
      : 0,
    degreesOfFreedom,
  };
}
