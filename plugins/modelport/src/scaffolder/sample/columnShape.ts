/** Categories that are listed at most, and how many rows have to share one before it is: fewer may tell of somebody. */
const MOST_CATEGORIES = 20;
const LEAST_ROWS = 5;
const MOST_LENGTH = 60;
const ODD = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]|\s{2}|^\s|\s$/u;

/** Between which numbers the values of a column lie. */
export interface Range {
  low: number;
  high: number;
}

/** The orders of magnitude between which numbers lie, from zero on where none is below it; none of the numbers themselves. */
export function rangeOf(values: readonly number[]): Range | null {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) {
    return null;
  }
  const least = known.reduce((a, b) => Math.min(a, b));
  const most = known.reduce((a, b) => Math.max(a, b));
  const low = least < 0 ? -magnitude(-least) : 0;
  return { low, high: most > 0 || low === 0 ? magnitude(most) : 0 };
}

function magnitude(value: number): number {
  let power = 1;
  while (power < value) {
    power *= 10;
  }
  return power;
}

/** The values that several rows share, in their order; none where there are more of them than anybody lists. */
export function categoriesOf(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_CATEGORIES) {
      return [];
    }
  }
  return [...counts]
    .filter(
      ([value, rows]) =>
        rows >= LEAST_ROWS && value.length <= MOST_LENGTH && !ODD.test(value),
    )
    .map(([value]) => value)
    .sort();
}
