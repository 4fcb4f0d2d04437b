/**
 * Ranks from 1 in ascending order; equal values share the mean of their ranks.
 *
 * Source: X. Sun, W. Xu, "Fast implementation of DeLong's algorithm", IEEE Signal Processing Letters 21 (2014),
 * algorithm 1. The same as `scipy.stats.rankdata(method='average')`.
 *
 * @public
 */
export function midranks(values: readonly number[]): Float64Array {
  const order = Uint32Array.from(values.keys()).sort(
    (a, b) => values[a] - values[b],
  );
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) {
      end += 1;
    }
    for (let at = start; at < end; at += 1) {
      ranks[order[at]] = (start + 1 + end) / 2;
    }
    start = end;
  }
  return ranks;
}
