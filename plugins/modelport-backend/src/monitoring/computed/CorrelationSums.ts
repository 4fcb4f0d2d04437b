/** Of a pair in rows that lack other columns: n, Σa, Σb, Σaa, Σbb, Σab. */
const SUMS_A_PAIR = 6;
/** Squares of numbers that differ by less, beside their size, are what rounding leaves of a constant. */
const ROUNDED = 1e-12;

/**
 * Sums that Pearson's correlations follow from, of columns whose numbers are given as differences from one of their own.
 * Rows that have a number in every column are added up together, others pair by pair.
 */
export class CorrelationSums {
  private readonly rows: Float64Array;
  private readonly sums: Float64Array;
  private readonly products: Float64Array;
  private pairwise: Float64Array | undefined;
  private readonly pairs: number;

  constructor(
    private readonly columns: number,
    private readonly windows: number,
  ) {
    this.pairs = (columns * (columns - 1)) / 2;
    this.rows = new Float64Array(windows);
    this.sums = new Float64Array(windows * columns);
    this.products = new Float64Array(windows * columns * columns);
  }

  /** Adds rows of one window; what is no number is NaN, and only where `isWhole` is false. */
  add(
    window: number,
    differences: Float64Array[],
    rows: number,
    isWhole: boolean,
  ): void {
    if (isWhole) {
      this.addWhole(window, differences, rows);
      return;
    }
    const whole = differences.map(() => new Float64Array(rows));
    let count = 0;
    for (let row = 0; row < rows; row++) {
      if (differences.some(column => Number.isNaN(column[row]))) {
        this.addPairs(window, differences, row);
      } else {
        for (let a = 0; a < differences.length; a++) {
          whole[a][count] = differences[a][row];
        }
        count++;
      }
    }
    this.addWhole(window, whole, count);
  }

  /** Of each pair, the first column with those after it, and so on; null where one is constant. */
  correlations(window: number): Array<number | null> {
    const { columns, products, sums } = this;
    const square = window * columns * columns;
    const correlations: Array<number | null> = [];
    for (let a = 0; a < columns; a++) {
      for (let b = a + 1; b < columns; b++) {
        const at = (window * this.pairs + correlations.length) * SUMS_A_PAIR;
        const pair = (sum: number) => this.pairwise?.[at + sum] ?? 0;
        const n = this.rows[window] + pair(0);
        const sumA = sums[window * columns + a] + pair(1);
        const sumB = sums[window * columns + b] + pair(2);
        const squareA = products[square + a * columns + a] + pair(3);
        const squareB = products[square + b * columns + b] + pair(4);
        const product = products[square + a * columns + b] + pair(5);
        const spreadA = squareA - (sumA * sumA) / n;
        const spreadB = squareB - (sumB * sumB) / n;
        correlations.push(
          spreadA > squareA * ROUNDED && spreadB > squareB * ROUNDED
            ? Math.max(
                -1,
                Math.min(
                  1,
                  (product - (sumA * sumB) / n) / Math.sqrt(spreadA * spreadB),
                ),
              )
            : null,
        );
      }
    }
    return correlations;
  }

  private addWhole(
    window: number,
    differences: Float64Array[],
    rows: number,
  ): void {
    const { columns } = this;
    const square = window * columns * columns;
    this.rows[window] += rows;
    for (let a = 0; a < columns; a++) {
      const first = differences[a];
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        sum += first[row];
      }
      this.sums[window * columns + a] += sum;
      for (let b = a; b < columns; b++) {
        this.products[square + a * columns + b] += dotProduct(
          first,
          differences[b],
          rows,
        );
      }
    }
  }

  private addPairs(
    window: number,
    differences: Float64Array[],
    row: number,
  ): void {
    this.pairwise ??= new Float64Array(this.windows * this.pairs * SUMS_A_PAIR);
    const sums = this.pairwise;
    let at = window * this.pairs * SUMS_A_PAIR;
    for (let a = 0; a < differences.length; a++) {
      const x = differences[a][row];
      for (let b = a + 1; b < differences.length; b++, at += SUMS_A_PAIR) {
        const y = differences[b][row];
        if (!Number.isNaN(x) && !Number.isNaN(y)) {
          sums[at] += 1;
          sums[at + 1] += x;
          sums[at + 2] += y;
          sums[at + 3] += x * x;
          sums[at + 4] += y * y;
          sums[at + 5] += x * y;
        }
      }
    }
  }
}

/** In four sums, so that none waits for the other. */
function dotProduct(a: Float64Array, b: Float64Array, rows: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    first += a[row] * b[row];
    second += a[row + 1] * b[row + 1];
    third += a[row + 2] * b[row + 2];
    fourth += a[row + 3] * b[row + 3];
  }
  for (; row < rows; row++) {
    first += a[row] * b[row];
  }
  return first + second + (third + fourth);
}
