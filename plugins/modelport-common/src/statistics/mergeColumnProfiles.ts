import { InputError } from '@backstage/errors';
import { ColumnProfile } from './columnProfile';

/**
 * Profile of two windows together: the same as if it had been made of all their values.
 *
 * @throws `InputError` where the edges differ.
 *
 * @public
 */
export function mergeColumnProfiles(
  a: ColumnProfile,
  b: ColumnProfile,
): ColumnProfile {
  const isSame =
    a.edges.length === b.edges.length &&
    a.edges.every((edge, place) => edge === b.edges[place]);
  if (!isSame) {
    throw new InputError(
      `Profiles with different edges can't be merged: ${a.edges.length} and ${b.edges.length} edges, of which not all are the same`,
    );
  }
  return {
    edges: a.edges,
    counts: a.counts.map((count, bin) => count + b.counts[bin]),
    outside: a.outside + b.outside,
    missing: a.missing + b.missing,
    n: a.n + b.n,
  };
}
