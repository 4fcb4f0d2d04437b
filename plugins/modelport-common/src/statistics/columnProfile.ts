import { binCounts } from './binCounts';

/**
 * What is kept of a numeric column's window: counts in fixed edges, without any value.
 *
 * @public
 */
export interface ColumnProfile {
  edges: readonly number[];
  counts: number[];
  /** Values below the first or above the last edge; they are counted in the first and last bin as well. */
  outside: number;
  missing: number;
  n: number;
}

/**
 * Profile of values in edges that were kept from the reference.
 *
 * @param values - null is missing.
 *
 * @public
 */
export function columnProfile(
  values: ReadonlyArray<number | null>,
  edges: readonly number[],
): ColumnProfile {
  const present = values.filter((value): value is number => value !== null);
  const last = edges[edges.length - 1];
  return {
    edges,
    counts: binCounts(present, edges, { openEnds: true }),
    outside: present.filter(value => value < edges[0] || value > last).length,
    missing: values.length - present.length,
    n: present.length,
  };
}
