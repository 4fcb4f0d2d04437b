/**
 * Hellinger distance of two lists of shares: √(½ Σ (√p − √q)²), between 0 and 1 where both sum to 1.
 *
 * @public
 */
export function hellingerDistance(
  reference: readonly number[],
  current: readonly number[],
): number {
  let sum = 0;
  reference.forEach((share, bin) => {
    sum += (Math.sqrt(share) - Math.sqrt(current[bin])) ** 2;
  });
  return Math.sqrt(sum / 2);
}
