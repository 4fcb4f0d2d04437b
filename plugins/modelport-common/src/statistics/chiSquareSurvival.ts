import { logGamma } from './logGamma';

/**
 * Probability that a chi-square variable is at least x, as `scipy.stats.chi2.sf`: the regularised incomplete gamma
 * function Q(k/2, x/2), by its series below a + 1 and by Lentz's continued fraction above.
 *
 * Source: W. H. Press et al., Numerical Recipes, chapter 6.2.
 *
 * @public
 */
export function chiSquareSurvival(
  statistic: number,
  degreesOfFreedom: number,
): number {
  const a = degreesOfFreedom / 2;
  const x = statistic / 2;
  if (x <= 0) {
    return 1;
  }
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x);
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = a + 1; Math.abs(term) > Math.abs(sum) * 1e-17; k++) {
    term *= x / k;
    sum += term;
  }
  return sum;
}

const TINY = 1e-300;
const MOST_STEPS = 100_000;

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < MOST_STEPS; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / notZero(an * d + b);
    c = notZero(b + an / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) {
      break;
    }
  }
  return value;
}

function notZero(value: number): number {
  return Math.abs(value) > TINY ? value : TINY;
}
