import { quantileEdges } from '@modelport/plugin-modelport-common';
import { MOST_DISTINCT } from './statements';

/** Steps from one decile to the next, as `quantileEdges` takes them. */
const STEPS = 10;
/** Values that are looked at to choose where to part others. */
const SAMPLE = 33;
/** So few are sorted. */
const FEW = 64;
/** Parting that makes no way is given up for sorting. */
const MOST_PARTS = 64;

/** What bins are made of. */
export interface ColumnShape {
  n: number;
  /** Edges at the deciles, interpolated linearly, each once. */
  deciles: number[];
  /** Numbers that fill a whole step between two deciles, ascending. */
  masses: number[];
  /** The distinct numbers, sorted, where they are few. */
  distinct: number[] | null;
}

/** The shape of values, which are left in another order. */
export function shapeOf(values: Float64Array): ColumnShape {
  const n = values.length;
  if (n === 0) {
    return { n, deciles: [], masses: [], distinct: [] };
  }
  const ranks = Array.from({ length: STEPS }, (_, step) =>
    Math.floor(step * (1 / STEPS) * (n - 1)),
  ).flatMap(below => [below, Math.min(below + 1, n - 1)]);
  select(values, {
    low: 0,
    high: n - 1,
    ranks: [...new Set([...ranks, n - 1])],
    parts: 0,
  });
  return {
    n,
    // It looks at these ranks only.
    deciles: quantileEdges(values, STEPS),
    masses: massesOf(values),
    distinct: fewDistinct(values),
  };
}

function massesOf(values: Float64Array): number[] {
  const last = values.length - 1;
  const ranks = Array.from({ length: STEPS + 1 }, (_, step) =>
    Math.floor(step * (1 / STEPS) * last),
  );
  const masses = ranks.flatMap((rank, step) => {
    const next = ranks[step + 1];
    return next !== undefined &&
      next > rank + 1 &&
      values[rank + 1] === values[next]
      ? [values[next]]
      : [];
  });
  return [...new Set(masses)];
}

/** Puts the values of some ranks where they would be if all were sorted. */
function select(
  values: Float64Array,
  of: { low: number; high: number; ranks: number[]; parts: number },
): void {
  const { low, high, ranks, parts } = of;
  if (ranks.length === 0) {
    return;
  }
  if (high - low < FEW || parts > MOST_PARTS) {
    values.subarray(low, high + 1).sort();
    return;
  }
  const sample = Float64Array.from(
    { length: SAMPLE },
    (_, at) => values[low + Math.floor(((high - low) * at) / (SAMPLE - 1))],
  ).sort();
  const middle = ranks[Math.floor(ranks.length / 2)];
  const pivot =
    sample[Math.floor(((middle - low) / (high - low + 1)) * SAMPLE)];
  let left = low;
  let right = high;
  while (left <= right) {
    while (values[left] < pivot) {
      left++;
    }
    while (values[right] > pivot) {
      right--;
    }
    if (left <= right) {
      const swapped = values[left];
      values[left++] = values[right];
      values[right--] = swapped;
    }
  }
  // What lies between both parts is the pivot itself.
  select(values, {
    low,
    high: right,
    ranks: ranks.filter(rank => rank <= right),
    parts: parts + 1,
  });
  select(values, {
    low: left,
    high,
    ranks: ranks.filter(rank => rank >= left),
    parts: parts + 1,
  });
}

function fewDistinct(values: Float64Array): number[] | null {
  const found = new Set<number>();
  for (const value of values) {
    found.add(value);
    if (found.size > MOST_DISTINCT) {
      return null;
    }
  }
  return [...found].sort((a, b) => a - b);
}
