/**
 * L∞ distance of two lists of shares: the largest absolute difference of a bin.
 *
 * @public
 */
export function largestDifference(
  reference: readonly number[],
  current: readonly number[],
): number {
  return reference.reduce(
    (most, share, bin) => Math.max(most, Math.abs(share - current[bin])),
    0,
  );
}
