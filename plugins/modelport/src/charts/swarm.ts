/** Where the marks of one row of a beeswarm stand. */
export interface Swarm {
  /** Pixels from the left, one a mark. */
  x: Float32Array;
  /** Pixels from the middle of the row. */
  y: Float32Array;
}

/** Stacks marks that would stand on the same place up and down from the middle, within a height. */
export function swarm(
  values: ArrayLike<number>,
  options: {
    at: (value: number) => number;
    width: number;
    height: number;
    mark: number;
  },
): Swarm {
  const { at, width, height, mark } = options;
  const n = values.length;
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  const columns = Math.max(1, Math.ceil(width / mark) + 1);
  const counts = new Uint32Array(columns);
  const places = new Uint32Array(n);
  let most = 1;
  for (let i = 0; i < n; i++) {
    x[i] = at(values[i]) * width;
    const column = Math.min(columns - 1, Math.max(0, Math.floor(x[i] / mark)));
    places[i] = counts[column]++;
    most = Math.max(most, counts[column]);
  }
  // The fullest place takes the height; others keep its step, so that their size shows how many they are.
  const step = Math.min(mark, height / most);
  for (let i = 0; i < n; i++) {
    const level = Math.ceil(places[i] / 2);
    y[i] = (places[i] % 2 ? level : -level) * step;
  }
  return { x, y };
}
