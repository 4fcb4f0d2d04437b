/** Lanczos' coefficients for g = 7 and nine terms, by P. Godfrey. */
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028,
  771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
/** From here on Stirling's series has all digits of a double. */
const LARGE = 20;

/**
 * Natural logarithm of the gamma function, for x > 0.
 *
 * Sources: C. Lanczos, SIAM Journal on Numerical Analysis 1 (1964); Stirling's series for large x.
 *
 * @public
 */
export function logGamma(x: number): number {
  if (x >= LARGE) {
    const square = x * x;
    return (
      (x - 0.5) * Math.log(x) -
      x +
      HALF_LOG_2PI +
      (1 / 12 -
        (1 / 360 -
          (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) /
          square) /
        x
    );
  }
  const shifted = x - 1;
  const base = shifted + 7.5;
  const sum = COEFFICIENTS.slice(1).reduce(
    (total, coefficient, k) => total + coefficient / (shifted + k + 1),
    COEFFICIENTS[0],
  );
  return HALF_LOG_2PI + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}
