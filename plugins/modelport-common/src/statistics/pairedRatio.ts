import { Interval } from './Interval';
import { normalQuantile } from './normalDistribution';
import { quantileOfSorted } from './quantileOfSorted';
import { seededRandom } from './seededRandom';

/**
 * What each row gives to a metric that is a sum over a sum, such as precision: rows that were found rightly, over rows
 * that were found. Both lists are as long as there are rows.
 *
 * @public
 */
export interface RatioParts {
  numerators: readonly number[];
  denominators: readonly number[];
}

/**
 * A metric of two versions on the same rows, and the interval of the first less the second.
 *
 * @public
 */
export interface PairedRatio extends Interval {
  first: number;
  second: number;
  difference: number;
  n: number;
}

/**
 * Compares two versions by a metric that is a sum over a sum, or the root of one, on the same rows. Up to `mostDrawn`
 * rows the interval is that of the paired bootstrap: rows are drawn again with replacement, the same for both, and the
 * percentiles of the differences are its ends. Of more rows it is the normal one by the delta method. Null where a
 * version, or a draw, leaves nothing to divide by.
 *
 * Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), 13.3; A. W. van der Vaart, Asymptotic
 * Statistics (1998), 3.1.
 *
 * @public
 */
export function pairedRatio(
  first: RatioParts,
  second: RatioParts,
  options: {
    /** Whether the metric is the square root of the ratio. */
    root?: boolean;
    resamples?: number;
    seed?: number;
    level?: number;
    mostDrawn?: number;
  } = {},
): PairedRatio | null {
  const { root = false, level = 0.95, mostDrawn = 20_000 } = options;
  const n = first.numerators.length;
  const value = (numerator: number, denominator: number) =>
    root ? Math.sqrt(numerator / denominator) : numerator / denominator;
  const columns = [
    first.numerators,
    first.denominators,
    second.numerators,
    second.denominators,
  ].map(column => Float64Array.from(column));
  const sums = columns.map(column => column.reduce((sum, one) => sum + one, 0));
  const ofFirst = value(sums[0], sums[1]);
  const ofSecond = value(sums[2], sums[3]);
  if (!Number.isFinite(ofFirst) || !Number.isFinite(ofSecond)) {
    return null;
  }
  const difference = ofFirst - ofSecond;
  const interval =
    n <= mostDrawn
      ? drawn(columns, value, options)
      : byDelta(columns, sums, { root, level, difference });
  return (
    interval && { first: ofFirst, second: ofSecond, difference, n, ...interval }
  );
}

function drawn(
  [a, b, c, d]: Float64Array[],
  value: (numerator: number, denominator: number) => number,
  options: { resamples?: number; seed?: number; level?: number },
): Interval | null {
  const { resamples = 2_000, seed = 1, level = 0.95 } = options;
  const n = a.length;
  const random = seededRandom(seed);
  const differences = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    const sums = [0, 0, 0, 0];
    for (let draw = 0; draw < n; draw += 1) {
      const row = Math.floor(random() * n);
      sums[0] += a[row];
      sums[1] += b[row];
      sums[2] += c[row];
      sums[3] += d[row];
    }
    differences[resample] = value(sums[0], sums[1]) - value(sums[2], sums[3]);
  }
  if (!differences.every(Number.isFinite)) {
    return null;
  }
  differences.sort();
  return {
    lower: quantileOfSorted(differences, (1 - level) / 2),
    upper: quantileOfSorted(differences, (1 + level) / 2),
  };
}

/** From how much each row moves the difference. */
function byDelta(
  columns: Float64Array[],
  sums: number[],
  options: { root: boolean; level: number; difference: number },
): Interval | null {
  const n = columns[0].length;
  const moves = (at: 0 | 2) => {
    const ratio = sums[at] / sums[at + 1];
    const slope = options.root ? 1 / (2 * Math.sqrt(ratio)) : 1;
    const share = sums[at + 1] / n;
    return columns[at].map(
      (numerator, row) =>
        (slope * (numerator - ratio * columns[at + 1][row])) / share,
    );
  };
  const [ofFirst, ofSecond] = [moves(0), moves(2)];
  const squares = ofFirst.reduce(
    (sum, move, row) => sum + (move - ofSecond[row]) ** 2,
    0,
  );
  const reach =
    normalQuantile((1 + options.level) / 2) * Math.sqrt(squares / (n - 1) / n);
  return Number.isFinite(reach)
    ? {
        lower: options.difference - reach,
        upper: options.difference + reach,
      }
    : null;
}
