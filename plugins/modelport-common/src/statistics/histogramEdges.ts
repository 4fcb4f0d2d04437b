/**
 * Edges of bins of equal width, as many as a rule says: those of `numpy.histogram_bin_edges` (2.x) for `sturges` and
 * `doane`. Values that are all the same get one bin around them.
 *
 * @param values - at least one.
 * @param options - with `integers`, bins are never narrower than 1, as numpy does for integers.
 *
 * @public
 */
export function histogramEdges(
  values: ArrayLike<number>,
  rule: 'sturges' | 'doane',
  options: { integers?: boolean } = {},
): number[] {
  let low = values[0];
  let high = values[0];
  for (let i = 1; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (low === high) {
    return [low - 0.5, high + 0.5];
  }
  const wanted =
    rule === 'sturges'
      ? (high - low) / (Math.log2(values.length) + 1)
      : doaneWidth(values, high - low);
  const width = options.integers && wanted > 0 && wanted < 1 ? 1 : wanted;
  const bins = width > 0 ? Math.ceil((high - low) / width) : 1;
  const step = (high - low) / bins;
  const edges = Array.from({ length: bins }, (_, k) => k * step + low);
  return [...edges, high];
}

function doaneWidth(values: ArrayLike<number>, range: number): number {
  const n = values.length;
  if (n <= 2) {
    return 0;
  }
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += values[i];
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    squares += (values[i] - mean) ** 2;
  }
  const deviation = Math.sqrt(squares / n);
  if (!(deviation > 0)) {
    return 0;
  }
  let cubes = 0;
  for (let i = 0; i < n; i++) {
    cubes += ((values[i] - mean) / deviation) ** 3;
  }
  const skewness = Math.abs(cubes / n);
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return range / (1 + Math.log2(n) + Math.log2(1 + skewness / spread));
}
