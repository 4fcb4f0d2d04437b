import { kolmogorovSurvival } from './kolmogorovSurvival';

/** Above this many values the exact distribution is left for its limit, as scipy does. */
const MOST_EXACT = 10_000;
const MOST_INTEGER = 2 ** 31 - 1;

/**
 * Two-sided p-value of the two-sample Kolmogorov–Smirnov statistic, as `scipy.stats.ks_2samp(method="auto")`: exact
 * where neither sample has more than 10,000 values, otherwise that of the one-sample statistic of nm/(n+m) values.
 *
 * Source of the exact one: J. L. Hodges, Arkiv för Matematik 3 (1958), the share of lattice paths that leave the band,
 * counted from outside so that small values keep their digits.
 *
 * @public
 */
export function kolmogorovSmirnovPValue(
  statistic: number,
  n: number,
  m: number,
): number {
  const divisor = greatestCommonDivisor(n, m);
  const isCountable = (n / divisor) * m <= MOST_INTEGER;
  const p =
    Math.max(n, m) <= MOST_EXACT && isCountable
      ? exact(statistic, n, m, divisor)
      : kolmogorovSurvival(statistic, roundHalfEven((n * m) / (n + m)));
  return Math.min(1, Math.max(0, p));
}

function exact(
  statistic: number,
  first: number,
  second: number,
  divisor: number,
): number {
  const m = Math.max(first, second);
  const n = Math.min(first, second);
  const mg = m / divisor;
  const ng = n / divisor;
  const height = Math.round(statistic * mg * n);
  if (height === 0) {
    return 1;
  }
  let low = 0;
  let high = Math.min(Math.ceil(height / mg), n + 1);
  let length = high - low;
  const column = new Float64Array(Math.min(2 * high + 2, n + 1)).fill(1);
  column.fill(0, low, high);
  for (let i = 1; i <= m; i++) {
    const lastLow = low;
    const lastLength = length;
    low = Math.min(Math.max(Math.floor((ng * i - height) / mg) + 1, 0), n);
    high = Math.min(Math.ceil((ng * i + height) / mg), n + 1);
    if (high <= low) {
      return 1;
    }
    let value = low === 0 ? 0 : 1;
    for (let place = 0; place < high - low; place++) {
      const j = place + low;
      value = (column[j - lastLow] * i + value * j) / (i + j);
      column[place] = value;
    }
    length = high - low;
    if (lastLength > length) {
      column.fill(1, length, lastLength);
    }
  }
  return column[high - low - 1];
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
