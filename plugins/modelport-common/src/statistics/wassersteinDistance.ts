/**
 * Wasserstein distance of two samples, in the unit of their values: the area between the two empirical distribution
 * functions, as `scipy.stats.wasserstein_distance`.
 *
 * @param reference - ascending, at least one value.
 * @param current - likewise.
 *
 * @public
 */
export function wassersteinDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): number {
  const n = reference.length;
  const m = current.length;
  let i = 0;
  let j = 0;
  let distance = 0;
  let before = Math.min(reference[0], current[0]);
  while (i < n || j < m) {
    const value =
      j === m || (i < n && reference[i] <= current[j])
        ? reference[i]
        : current[j];
    distance += Math.abs(i / n - j / m) * (value - before);
    while (i < n && reference[i] === value) {
      i += 1;
    }
    while (j < m && current[j] === value) {
      j += 1;
    }
    before = value;
  }
  return distance;
}
