import { ColumnTally, NumberTally } from './ColumnTally';
import { CorrelationSums } from './CorrelationSums';

/** Rows that are added at once, at most. */
export const MOST_ROWS_AT_ONCE = 2_048;

/** What is counted of columns, by windows. */
export interface Tallied {
  /** Of each column, by windows. */
  columns: NumberTally[][];
  /** Rows of each window. */
  rows: number[];
  /** Of each window, the correlations of each pair of columns that are compared. */
  correlations: Array<Array<number | null>>;
}

/** What is to be counted. */
export interface TallyTask {
  /** Of the bins of each column; without any, numbers are in one. */
  edges: number[][];
  windows: number;
  /** How many columns are compared with each other: the first of them. */
  correlated: number;
}

/** What stands for values that are no finite number. */
export const MARKS = {
  missing: Number.NaN,
  wrongType: Number.NEGATIVE_INFINITY,
  notFinite: Number.POSITIVE_INFINITY,
};

/**
 * Counts numbers as they are read, each of them once: by bins, their moments, and how columns go together. Sums are of
 * differences from the first number of a window, which keeps their digits and makes those of constants nothing.
 */
export class NumberTallies {
  private readonly columns: ColumnTally[];
  private readonly rows: Float64Array;
  private readonly correlations: CorrelationSums;
  private readonly differences: Float64Array[];

  constructor(private readonly task: TallyTask) {
    const { edges, windows, correlated } = task;
    this.columns = edges.map(one => new ColumnTally(one, windows));
    this.rows = new Float64Array(windows);
    this.correlations = new CorrelationSums(correlated, windows);
    this.differences = edges
      .slice(0, correlated)
      .map(() => new Float64Array(MOST_ROWS_AT_ONCE));
  }

  /**
   * Adds rows.
   *
   * @param places - the window of each row.
   * @param numbers - of each column, its numbers or `MARKS`.
   */
  add(places: Int32Array, numbers: Float64Array[], rows: number): void {
    for (let row = 0; row < rows; row++) {
      this.rows[places[row]] += 1;
    }
    let isWhole = true;
    for (const [at, column] of this.columns.entries()) {
      const differences = this.differences[at];
      const isNumbers = column.add(places, numbers[at], rows, differences);
      isWhole &&= isNumbers || differences === undefined;
    }
    if (this.differences.length < 2) {
      return;
    }
    const [first] = places;
    if (places.subarray(0, rows).every(place => place === first)) {
      this.correlations.add(first, this.differences, rows, isWhole);
      return;
    }
    for (const [window, at] of byWindow(places, rows)) {
      this.correlations.add(
        window,
        this.differences.map(column =>
          Float64Array.from(at, row => column[row]),
        ),
        at.length,
        isWhole,
      );
    }
  }

  result(): Tallied {
    const windows = Array.from({ length: this.task.windows }, (_, at) => at);
    return {
      columns: this.columns.map(column =>
        windows.map(window => column.result(window)),
      ),
      rows: [...this.rows],
      correlations: windows.map(window =>
        this.correlations.correlations(window),
      ),
    };
  }
}

function byWindow(places: Int32Array, rows: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const of = found.get(places[row]);
    if (of) {
      of.push(row);
    } else {
      found.set(places[row], [row]);
    }
  }
  return found;
}
