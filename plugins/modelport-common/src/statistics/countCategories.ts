import { InputError } from '@backstage/errors';
import { Category, MOST_CATEGORIES } from './driftSample';

/** Counts of two lists of categories, in the order of their texts. */
export interface CategoryCounts {
  categories: Category[];
  reference: number[];
  current: number[];
}

/**
 * Counts every category of two lists.
 *
 * @throws `InputError` where there are more than 10,000: that is an id, not a category.
 */
export function countCategories(
  reference: readonly Category[],
  current: readonly Category[],
): CategoryCounts {
  const counts = new Map<Category, [number, number]>();
  [reference, current].forEach((list, side) => {
    for (const value of list) {
      const known = counts.get(value);
      if (known) {
        known[side] += 1;
      } else {
        counts.set(value, side === 0 ? [1, 0] : [0, 1]);
      }
    }
  });
  if (counts.size > MOST_CATEGORIES) {
    throw new InputError(
      `There are ${counts.size} different categories in reference and current; at most ${MOST_CATEGORIES} are compared. A column with that many is an id or free text: group it first.`,
    );
  }
  const sorted = [...counts].sort(([a], [b]) => compare(String(a), String(b)));
  return {
    categories: sorted.map(([category]) => category),
    reference: sorted.map(([, [count]]) => count),
    current: sorted.map(([, [, count]]) => count),
  };
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
