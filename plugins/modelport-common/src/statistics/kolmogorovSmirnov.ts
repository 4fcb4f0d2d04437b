/**
 * Two-sample Kolmogorov–Smirnov statistic: the largest difference of the two empirical distribution functions.
 *
 * @param reference - ascending, at least one value.
 * @param current - likewise.
 *
 * @public
 */
export function kolmogorovSmirnov(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): number {
  const n = reference.length;
  const m = current.length;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < n && j < m) {
    const value = Math.min(reference[i], current[j]);
    while (i < n && reference[i] === value) {
      i += 1;
    }
    while (j < m && current[j] === value) {
      j += 1;
    }
    largest = Math.max(largest, Math.abs(i / n - j / m));
  }
  return largest;
}
