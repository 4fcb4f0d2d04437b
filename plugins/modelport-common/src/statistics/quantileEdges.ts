/**
 * Edges of at most `bins` bins that hold about as many values each: the quantiles of the values, each once, interpolated
 * linearly as `numpy.quantile` does. Fewer than two edges come of values that are all the same.
 *
 * @param sorted - ascending, at least one.
 *
 * @public
 */
export function quantileEdges(sorted: ArrayLike<number>, bins = 10): number[] {
  const edges: number[] = [];
  const step = 1 / bins;
  for (let k = 0; k <= bins; k++) {
    const edge = quantile(sorted, k === bins ? 1 : k * step);
    if (edges.length === 0 || edge > edges[edges.length - 1]) {
      edges.push(edge);
    }
  }
  return edges;
}

function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const part = place - below;
  const a = sorted[below];
  const b = sorted[Math.min(below + 1, sorted.length - 1)];
  return part >= 0.5 ? b - (b - a) * (1 - part) : a + (b - a) * part;
}
