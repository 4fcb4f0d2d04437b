import { InputError } from '@backstage/errors';
import { ColumnCounts } from './driftOfProfiles';

/**
 * What is kept of two parts of a window together: the same as if it had been made of all their rows at once. Means and
 * deviations are joined by Chan's formulas.
 *
 * @throws `InputError` where they are of different columns, edges or categories.
 *
 * @public
 */
export function mergeColumnCounts(
  a: ColumnCounts,
  b: ColumnCounts,
): ColumnCounts {
  if (
    a.feature !== b.feature ||
    !isSame(a.edges, b.edges) ||
    !isSame(a.categories, b.categories)
  ) {
    throw new InputError(
      `Counts of ${a.feature} can't be joined with those of ${b.feature}: their edges or categories are others`,
    );
  }
  const n = a.n + b.n;
  return {
    feature: a.feature,
    n,
    missing: a.missing + b.missing,
    unseen: sum(a.unseen, b.unseen),
    outside: sum(a.outside, b.outside),
    wrongType: sum(a.wrongType, b.wrongType),
    edges: a.edges,
    categories: a.categories,
    counts:
      a.counts && b.counts
        ? a.counts.map((count, bin) => count + (b.counts?.[bin] ?? 0))
        : null,
    ...moments(a, b, n),
    min: extreme(Math.min, a.min, b.min),
    max: extreme(Math.max, a.max, b.max),
  };
}

type Figure = ColumnCounts['mean'];

function moments(a: ColumnCounts, b: ColumnCounts, n: number) {
  const [known, ...more] = [a, b].flatMap(
    ({ n: size, mean, standardDeviation }) =>
      size > 0 &&
      typeof mean === 'number' &&
      typeof standardDeviation === 'number'
        ? [{ size, mean, deviation: standardDeviation }]
        : [],
  );
  const [other] = more;
  if (!known || !other) {
    return {
      mean: known?.mean ?? null,
      standardDeviation: known?.deviation ?? null,
    };
  }
  const difference = other.mean - known.mean;
  const squares =
    known.deviation ** 2 * known.size +
    other.deviation ** 2 * other.size +
    (difference ** 2 * known.size * other.size) / n;
  return {
    mean: known.mean + (difference * other.size) / n,
    standardDeviation: Math.sqrt(squares / n),
  };
}

function extreme(
  choose: (a: number, b: number) => number,
  a: Figure,
  b: Figure,
): number | null {
  const known = [a, b].filter(one => typeof one === 'number');
  return known.length > 0 ? known.reduce((x, y) => choose(x, y)) : null;
}

function sum(
  a: number | null | undefined,
  b: number | null | undefined,
): number | null {
  return typeof a === 'number' && typeof b === 'number' ? a + b : null;
}

function isSame(
  a: readonly unknown[] | null | undefined,
  b: readonly unknown[] | null | undefined,
): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
