import { BinFinder } from './BinFinder';

/** What is counted of a column's numbers in a window. */
export interface NumberTally {
  n: number;
  missing: number;
  wrongType: number;
  notFinite: number;
  outside: number;
  counts: number[];
  /** Null without any number. */
  mean: number | null;
  standardDeviation: number | null;
  min: number | null;
  max: number | null;
}

/** Counts one column, by windows. */
export class ColumnTally {
  private readonly finder: BinFinder;
  private readonly bins: number;
  private readonly low: number;
  private readonly high: number;
  private readonly counts: Float64Array;
  private readonly missing: Float64Array;
  private readonly wrongType: Float64Array;
  private readonly notFinite: Float64Array;
  private readonly outside: Float64Array;
  private readonly n: Float64Array;
  private readonly first: Float64Array;
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;
  private readonly min: Float64Array;
  private readonly max: Float64Array;

  constructor(edges: number[], windows: number) {
    this.finder = new BinFinder(Float64Array.from(edges));
    this.bins = Math.max(1, edges.length - 1);
    this.low = edges[0] ?? -Infinity;
    this.high = edges[edges.length - 1] ?? Infinity;
    const zeros = () => new Float64Array(windows);
    this.counts = new Float64Array(windows * this.bins);
    this.missing = zeros();
    this.wrongType = zeros();
    this.notFinite = zeros();
    this.outside = zeros();
    this.n = zeros();
    this.first = zeros();
    this.sum = zeros();
    this.squares = zeros();
    this.min = zeros().fill(Infinity);
    this.max = zeros().fill(-Infinity);
  }

  /** Whether all were numbers. */
  add(
    places: Int32Array,
    numbers: Float64Array,
    rows: number,
    differences: Float64Array | undefined,
  ): boolean {
    let isNumbers = true;
    for (let from = 0; from < rows; ) {
      let to = from + 1;
      while (to < rows && places[to] === places[from]) {
        to++;
      }
      isNumbers =
        this.addRun(places[from], numbers, from, to, differences) && isNumbers;
      from = to;
    }
    return isNumbers;
  }

  /** Adds rows that follow each other in one window. */
  private addRun(
    window: number,
    numbers: Float64Array,
    from: number,
    to: number,
    differences: Float64Array | undefined,
  ): boolean {
    const { finder, counts, low, high } = this;
    const bins = window * this.bins;
    const before = this.n[window];
    let first = this.first[window];
    let n = before;
    let sum = 0;
    let squares = 0;
    let outside = 0;
    let min = this.min[window];
    let max = this.max[window];
    for (let row = from; row < to; row++) {
      const value = numbers[row];
      let difference = Number.NaN;
      // Of what is not finite, this is no number.
      if (value - value === 0) {
        if (n === 0) {
          first = value;
        }
        n++;
        difference = value - first;
        sum += difference;
        squares += difference * difference;
        counts[bins + finder.find(value)] += 1;
        if (value < min) {
          min = value;
        }
        if (value > max) {
          max = value;
        }
        if (value < low || value > high) {
          outside++;
        }
      } else {
        this.mark(window, value);
      }
      if (differences) {
        differences[row] = difference;
      }
    }
    this.n[window] = n;
    this.first[window] = first;
    this.sum[window] += sum;
    this.squares[window] += squares;
    this.outside[window] += outside;
    this.min[window] = min;
    this.max[window] = max;
    return n - before === to - from;
  }

  result(window: number): NumberTally {
    const n = this.n[window];
    const mean = this.sum[window] / n;
    const known = (value: number) =>
      n > 0 && Number.isFinite(value) ? value : null;
    return {
      n,
      missing: this.missing[window],
      wrongType: this.wrongType[window],
      notFinite: this.notFinite[window],
      outside: this.outside[window],
      counts: [
        ...this.counts.subarray(window * this.bins, (window + 1) * this.bins),
      ],
      mean: known(this.first[window] + mean),
      standardDeviation: known(
        Math.sqrt(Math.max(0, this.squares[window] / n - mean * mean)),
      ),
      min: known(this.min[window]),
      max: known(this.max[window]),
    };
  }

  private mark(window: number, value: number): void {
    if (Number.isNaN(value)) {
      this.missing[window] += 1;
    } else if (value < 0) {
      this.wrongType[window] += 1;
    } else {
      this.notFinite[window] += 1;
    }
  }
}
