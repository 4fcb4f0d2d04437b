/** Maps numbers to shares of an axis, with round numbers to mark on it. */
export interface LinearScale {
  min: number;
  max: number;
  /** From 0 at the left end to 1 at the right. */
  at: (value: number) => number;
  ticks: number[];
}

const STEPS = [1, 2, 5, 10];

/** A scale over some numbers, widened to round ends; of 0 to 1 where there are none. */
export function linearScale(
  values: Iterable<number>,
  options: { ticks: number; round?: boolean },
): LinearScale {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) {
    [low, high] = [0, 1];
  }
  if (low === high) {
    [low, high] = [low - 0.5, high + 0.5];
  }
  const rough = (high - low) / options.ticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find(one => one * power >= rough) ?? 10) * power;
  const min = options.round === false ? low : Math.floor(low / step) * step;
  const max = options.round === false ? high : Math.ceil(high / step) * step;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return {
    min,
    max,
    at: value => (value - min) / (max - min),
    ticks: Array.from({ length: last - first + 1 }, (_, i) =>
      Number(((first + i) * step).toPrecision(12)),
    ),
  };
}
