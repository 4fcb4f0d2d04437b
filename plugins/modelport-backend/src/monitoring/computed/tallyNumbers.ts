import { ColumnCounts } from '@modelport/plugin-modelport-common';
import { NumberTally } from './ColumnTally';
import { Correlations, MOST_CORRELATED } from './correlations';
import { DuckDbEngine } from './DuckDbEngine';
import { markedNumbersStatement, Rows } from './statements';

/** Columns that are read together; those that are compared with each other are among the first. */
const COLUMNS_A_STATEMENT = MOST_CORRELATED;

/** A column of numbers with the edges of its bins. */
export interface NumericColumn {
  name: string;
  edges: number[];
}

/** Counts of columns of numbers, and how the first of them go together. */
export interface TalliedNumbers {
  /** Of each column, by windows. */
  counts: ColumnCounts[][];
  /** By windows; undefined where there are no rows, or no two columns. */
  correlations: Array<Correlations | undefined>;
}

/** Counts columns of numbers in the process of the embedded engine, which reads every value once. */
export async function tallyNumbers(
  engine: DuckDbEngine,
  rows: Rows,
  columns: NumericColumn[],
  options: { signal: AbortSignal },
): Promise<TalliedNumbers> {
  const windows = rows.windows?.length ?? 1;
  const counts: ColumnCounts[][] = [];
  let correlations: TalliedNumbers['correlations'] = Array.from({
    length: windows,
  });
  for (let at = 0; at < columns.length; at += COLUMNS_A_STATEMENT) {
    const some = columns.slice(at, at + COLUMNS_A_STATEMENT);
    const correlated = at === 0 ? some.length : 0;
    const tallied = await engine.tally(
      markedNumbersStatement(
        rows,
        some.map(({ name }) => name),
      ),
      { edges: some.map(({ edges }) => edges), windows, correlated },
      options,
    );
    counts.push(
      ...tallied.columns.map((tallies, place) =>
        tallies.map(tally => countsOf(some[place], tally)),
      ),
    );
    if (correlated > 1) {
      correlations = tallied.correlations.map((values, window) => {
        const n = tallied.rows[window];
        return n > 0 ? { n, values } : undefined;
      });
    }
  }
  return { counts, correlations };
}

/** What is not finite counts as missing. */
function countsOf(
  { name, edges }: NumericColumn,
  tally: NumberTally,
): ColumnCounts {
  const isBinned = edges.length > 0;
  const { n, mean, standardDeviation, min, max } = tally;
  return {
    feature: name,
    n,
    missing: tally.missing + tally.notFinite,
    wrongType: tally.wrongType,
    outside: isBinned ? tally.outside : null,
    edges: isBinned ? [...edges] : null,
    counts: isBinned ? tally.counts : null,
    ...(n > 0 && { mean, standardDeviation, min, max }),
  };
}
