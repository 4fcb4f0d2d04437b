const ROOT_2PI = Math.sqrt(2 * Math.PI);

/** Below this the series converges fast without cancelling; above it the continued fraction does. */
const SERIES_TO = 3;

/**
 * Probability that a standard normal variable is above `z`, accurate in the tail to about 1e-14 relative.
 *
 * Source: Abramowitz and Stegun, 26.2.11 (series) and 26.2.14 (continued fraction, evaluated by Lentz's method).
 *
 * @public
 */
export function normalSurvival(z: number): number {
  if (Number.isNaN(z)) {
    return NaN;
  }
  if (z < 0) {
    return 1 - normalSurvival(-z);
  }
  if (z > 40) {
    return 0;
  }
  const density = Math.exp((-z * z) / 2) / ROOT_2PI;
  if (z < SERIES_TO) {
    let term = z;
    let sum = z;
    for (let k = 1; Math.abs(term) > Number.EPSILON * 1e-3 * sum; k += 1) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  let c = z;
  let d = 0;
  for (let k = 1; k < 500; k += 1) {
    d = 1 / (z + k * d);
    c = z + k / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) {
      break;
    }
  }
  return density / fraction;
}

function polynomial(coefficients: number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

function centre(p: number): number {
  const q = p - 0.5;
  const r = q * q;
  return (
    (q *
      polynomial(
        [
          -39.69683028665376, 220.9460984245205, -275.9285104469687,
          138.357751867269, -30.66479806614716, 2.506628277459239,
        ],
        r,
      )) /
    polynomial(
      [
        -54.47609879822406, 161.5858368580409, -155.6989798598866,
        66.80131188771972, -13.28068155288572, 1,
      ],
      r,
    )
  );
}

function tail(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p));
  return (
    polynomial(
      [
        -0.007784894002430293, -0.3223964580411365, -2.400758277161838,
        -2.549732539343734, 4.374664141464968, 2.938163982698783,
      ],
      q,
    ) /
    polynomial(
      [
        0.007784695709041462, 0.3224671290700398, 2.445134137142996,
        3.754408661907416, 1,
      ],
      q,
    )
  );
}

/**
 * The value below which a standard normal variable lies with probability `p`; ±Infinity at 1 and 0, NaN outside.
 *
 * Source: P. J. Acklam's rational approximation (relative error 1.15e-9), refined by two steps of Halley's method.
 *
 * @public
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) {
    return NaN;
  }
  if (p === 0 || p === 1) {
    return p === 0 ? -Infinity : Infinity;
  }
  if (p > 0.5) {
    return -normalQuantile(1 - p);
  }
  let x = p < 0.02425 ? tail(p) : centre(p);
  for (let step = 0; step < 2; step += 1) {
    const error = normalSurvival(-x) - p;
    const u = error * ROOT_2PI * Math.exp((x * x) / 2);
    x -= u / (1 + (x * u) / 2);
  }
  return x;
}
