import { midranks } from '../statistics/midranks';

/**
 * Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank, as `scipy.stats.spearmanr`.
 *
 * @returns null where one of the two doesn't vary, or there are fewer than three pairs.
 *
 * @public
 */
export function rankCorrelation(
  first: readonly number[],
  second: readonly number[],
): number | null {
  const n = first.length;
  if (n < 3) {
    return null;
  }
  const a = midranks(first);
  const b = midranks(second);
  const mean = (n + 1) / 2;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    ab += (a[i] - mean) * (b[i] - mean);
    aa += (a[i] - mean) ** 2;
    bb += (b[i] - mean) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}
