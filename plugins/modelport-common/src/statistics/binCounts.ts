/**
 * Counts values in bins `[lo, hi)`, the last of which is closed.
 *
 * @param edges - ascending, at least two.
 * @param options - with `openEnds`, what lies outside joins the first or the last bin; otherwise it is left out.
 *
 * @public
 */
export function binCounts(
  values: ArrayLike<number>,
  edges: readonly number[],
  options: { openEnds: boolean },
): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const last = edges.length - 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < edges[0]) {
      counts[0] += options.openEnds ? 1 : 0;
    } else if (value > edges[last]) {
      counts[last - 1] += options.openEnds ? 1 : 0;
    } else {
      let low = 0;
      let high = last;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (value >= edges[middle]) {
          low = middle;
        } else {
          high = middle;
        }
      }
      counts[low] += 1;
    }
  }
  return counts;
}
