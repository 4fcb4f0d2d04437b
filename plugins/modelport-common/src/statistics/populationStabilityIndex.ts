/** Share that stands for an empty bin, since the logarithm of 0 is none. */
const FLOOR = 1e-4;

/**
 * Population stability index of two lists of shares: the sum of (current − reference) · ln(current / reference). A
 * share of less than 1e-4 counts as 1e-4; nothing is normalised again.
 *
 * @public
 */
export function populationStabilityIndex(
  reference: readonly number[],
  current: readonly number[],
  floor: number = FLOOR,
): number {
  let sum = 0;
  reference.forEach((share, bin) => {
    const p = Math.max(share, floor);
    const q = Math.max(current[bin], floor);
    sum += (p - q) * Math.log(p / q);
  });
  return sum;
}
