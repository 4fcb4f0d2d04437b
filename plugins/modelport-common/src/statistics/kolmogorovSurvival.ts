import { logGamma } from './logGamma';

/** From here on the one-sided distribution, doubled, holds to all digits. */
const TAIL = 2.2;
const TAIL_OF_FEW = 4;
const FEW = 140;
const NOTHING_LEFT = 370;
const MOST_BY_MATRIX = 100_000;

/**
 * Probability that the two-sided one-sample Kolmogorov–Smirnov statistic of n values is at least x, as
 * `scipy.stats.kstwo.sf`.
 *
 * Sources: the exact matrix form of J. Durbin (1973) by G. Marsaglia, W. W. Tsang, J. Wang, Journal of Statistical
 * Software 8 (2003); N. V. Smirnov's one-sided distribution, doubled, for the tail; the expansion of W. Pelz and
 * I. J. Good, Journal of the Royal Statistical Society B 38 (1976), for large n. Which counts where follows R. Simard and
 * P. L'Ecuyer, Journal of Statistical Software 39 (2011).
 *
 * @param n - whole, at least 1.
 *
 * @public
 */
export function kolmogorovSurvival(x: number, n: number): number {
  if (x >= 1) {
    return 0;
  }
  if (n * x <= 0.5) {
    return 1;
  }
  const scaled = n * x * x;
  if (scaled >= NOTHING_LEFT) {
    return 0;
  }
  if (x >= 0.5 || scaled >= (n > FEW ? TAIL : TAIL_OF_FEW)) {
    return 2 * oneSidedSurvival(x, n);
  }
  const isNarrow = n <= MOST_BY_MATRIX && n * x ** 1.5 <= 1.4;
  return 1 - (n <= FEW || isNarrow ? durbin(x, n) : pelzGood(x, n));
}

/** Smirnov's one-sided survival function: a sum of positive terms. */
function oneSidedSurvival(x: number, n: number): number {
  const logFactorial = logGamma(n + 1);
  let sum = 0;
  const last = Math.floor(n * (1 - x));
  for (let j = 0; j <= last; j++) {
    const rest = 1 - x - j / n;
    if (rest > 0) {
      sum += Math.exp(
        logFactorial -
          logGamma(j + 1) -
          logGamma(n - j + 1) +
          (n - j) * Math.log(rest) +
          (j - 1) * Math.log(x + j / n),
      );
    } else if (j === n) {
      sum += (x + 1) ** (n - 1);
    }
  }
  return x * sum;
}

function durbin(x: number, n: number): number {
  const k = Math.floor(n * x) + 1;
  const size = 2 * k - 1;
  const h = k - n * x;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      matrix[i * size + j] = i - j + 1 < 0 ? 0 : 1;
    }
  }
  for (let i = 0; i < size; i++) {
    matrix[i * size] -= h ** (i + 1);
    matrix[(size - 1) * size + i] -= h ** (size - i);
  }
  matrix[(size - 1) * size] += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let g = 1; g <= i - j + 1; g++) {
        matrix[i * size + j] /= g;
      }
    }
  }
  const power = toPower({ matrix, exponent: 0 }, size, n);
  let value = power.matrix[(k - 1) * size + k - 1];
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1e-140) {
      value *= 1e140;
      exponent -= 140;
    }
  }
  return value * 10 ** exponent;
}

interface Scaled {
  matrix: Float64Array;
  /** The matrix is to be multiplied by 10 to this power. */
  exponent: number;
}

function toPower(base: Scaled, size: number, n: number): Scaled {
  if (n === 1) {
    return base;
  }
  const half = toPower(base, size, Math.floor(n / 2));
  const square = times(half, half, size);
  return n % 2 === 0 ? square : times(base, square, size);
}

function times(a: Scaled, b: Scaled, size: number): Scaled {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a.matrix[i * size + k];
      for (let j = 0; j < size; j++) {
        matrix[i * size + j] += factor * b.matrix[k * size + j];
      }
    }
  }
  const exponent = a.exponent + b.exponent;
  const middle = (size >> 1) * size + (size >> 1);
  return matrix[middle] > 1e140
    ? { matrix: matrix.map(value => value * 1e-140), exponent: exponent + 140 }
    : { matrix, exponent };
}

function pelzGood(x: number, n: number): number {
  const z = Math.sqrt(n) * x;
  const z2 = z ** 2;
  const z4 = z ** 4;
  const z6 = z ** 6;
  const pi2 = Math.PI ** 2;
  const pi4 = pi2 ** 2;
  const pi6 = pi2 ** 3;
  const root = Math.sqrt(2 * Math.PI);
  let k0 = 0;
  let k1 = 0;
  let k2 = 0;
  let k3 = 0;
  for (let k = 0; k < 50; k++) {
    const odd = k + 0.5;
    const a = odd ** 2;
    const weight = Math.exp((-a * pi2) / (2 * z2));
    k0 += weight;
    k1 += (pi2 * a - z2) * weight;
    k2 +=
      (6 * z6 +
        2 * z4 +
        pi2 * (2 * z4 - 5 * z2) * a +
        pi4 * (1 - 2 * z2) * a ** 2) *
      weight;
    k3 +=
      (-30 * z6 -
        90 * z ** 8 +
        pi2 * (135 * z4 - 96 * z6) * a +
        pi4 * (-60 * z2 + 212 * z4) * a ** 2 +
        pi6 * (5 - 30 * z2) * a ** 3) *
      weight;
  }
  let k2b = 0;
  let k3b = 0;
  for (let k = 1; k < 50; k++) {
    const a = k ** 2;
    const weight = Math.exp((-a * pi2) / (2 * z2));
    k2b += pi2 * a * weight;
    k3b += (3 * pi2 * a * z2 - pi4 * a ** 2) * weight;
  }
  return (
    (root / z) * k0 +
    (root * k1) / (6 * z4) / Math.sqrt(n) +
    ((root * k2) / (72 * z ** 7) - (root * k2b) / (36 * z ** 3)) / n +
    ((root * k3) / (6480 * z ** 10) + (root * k3b) / (216 * z6)) / n ** 1.5
  );
}
