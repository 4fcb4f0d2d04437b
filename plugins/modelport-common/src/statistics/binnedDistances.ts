/**
 * Kolmogorov–Smirnov statistic at the edges of bins alone: at most the exact one. From shares in the same bins.
 *
 * @public
 */
export function binnedKolmogorovSmirnov(
  reference: readonly number[],
  current: readonly number[],
): number {
  let difference = 0;
  let largest = 0;
  reference.forEach((share, bin) => {
    difference += share - current[bin];
    largest = Math.max(largest, Math.abs(difference));
  });
  return largest;
}

/**
 * Wasserstein distance of shares in bins, as if the values of a bin were spread evenly over it; what lies outside of
 * the edges counts in the first and the last bin. In the unit of the values.
 *
 * @public
 */
export function binnedWasserstein(
  reference: readonly number[],
  current: readonly number[],
  edges: readonly number[],
): number {
  let before = 0;
  let distance = 0;
  reference.forEach((share, bin) => {
    const after = before + share - current[bin];
    const width = edges[bin + 1] - edges[bin];
    // The area between a straight line from `before` to `after` and zero.
    distance +=
      before * after >= 0
        ? (width * Math.abs(before + after)) / 2
        : (width * (before * before + after * after)) /
          (2 * Math.abs(after - before));
    before = after;
  });
  return distance;
}
