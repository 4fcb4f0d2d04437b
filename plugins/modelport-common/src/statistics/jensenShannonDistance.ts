/**
 * Jensen–Shannon distance of two lists of shares: the square root of the divergence, as
 * `scipy.spatial.distance.jensenshannon`. Both are brought to a sum of 1 first.
 *
 * @param base - of the logarithm; 2 gives a distance between 0 and 1.
 *
 * @public
 */
export function jensenShannonDistance(
  reference: readonly number[],
  current: readonly number[],
  base = 2,
): number {
  const p = normalised(reference);
  const q = normalised(current);
  const middle = p.map((share, bin) => (share + q[bin]) / 2);
  const divergence =
    (relativeEntropy(p, middle) + relativeEntropy(q, middle)) /
    2 /
    Math.log(base);
  return Math.sqrt(Math.max(0, divergence));
}

function normalised(shares: readonly number[]): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map(share => share / sum);
}

function relativeEntropy(p: readonly number[], q: readonly number[]): number {
  let sum = 0;
  p.forEach((share, bin) => {
    if (share > 0) {
      sum += share * Math.log(share / q[bin]);
    }
  });
  return sum;
}
