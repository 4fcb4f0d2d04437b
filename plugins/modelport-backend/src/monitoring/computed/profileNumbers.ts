import { ColumnCounts } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { MOST_CORRELATED, readCorrelations } from './correlations';
import { DuckDbEngine } from './DuckDbEngine';
import { Asking } from './profileColumns';
import { readBins } from './readBins';
import {
  binsStatement,
  countStatement,
  distinctStatement,
  markedNumbersStatement,
  MOST_DISTINCT,
  quantilesStatement,
  Rows,
  summaryStatement,
} from './statements';
import { NumericColumn, TalliedNumbers, tallyNumbers } from './tallyNumbers';

const DECILES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Columns whose numbers are held at once, and numbers of all of them. */
const MOST_COLUMNS = 8;
const VALUES_AT_ONCE = 4_000_000;

const count = z.coerce.number();

/** Counts columns of numbers by windows, and how the first of them go together: what is near the data does it. */
export async function profileNumbers(
  asking: Asking,
  rows: Rows,
  columns: NumericColumn[],
): Promise<TalliedNumbers> {
  const { engine } = asking;
  if (engine instanceof DuckDbEngine) {
    return tallyNumbers(engine, rows, columns, asking);
  }
  const counts: ColumnCounts[][] = [];
  for (const { name, edges } of columns) {
    counts.push(
      readBins(
        await engine.query(
          edges.length > 0
            ? binsStatement(rows, name, edges)
            : summaryStatement(rows, name),
          asking,
        ),
        { feature: name, edges, windows: rows.windows?.length ?? 1 },
      ),
    );
  }
  return {
    counts,
    correlations: await readCorrelations(
      asking,
      rows,
      columns.slice(0, MOST_CORRELATED).map(({ name }) => name),
    ),
  };
}

/**
 * Of each column, edges at the deciles, and above numbers that fill one; at each of the numbers where they are few. None
 * where there is no number.
 */
export async function edgesOf(
  asking: Asking,
  rows: Rows,
  columns: string[],
): Promise<number[][]> {
  const { engine } = asking;
  const edges: number[][] = [];
  if (engine instanceof DuckDbEngine) {
    const size = await columnsAtOnce(asking, rows);
    for (let at = 0; at < columns.length; at += size) {
      const some = columns.slice(at, at + size);
      const shapes = await engine.shapes(
        markedNumbersStatement(rows, some),
        some.length,
        asking,
      );
      edges.push(
        ...shapes.map(({ distinct, deciles, masses }) =>
          distinct ? edgesOfDistinct(distinct) : withMasses(deciles, masses),
        ),
      );
    }
    return edges;
  }
  for (const column of columns) {
    edges.push(await edgesNearTheData(asking, rows, column));
  }
  return edges;
}

/** How many columns are read together: each statement is answered in many small parts. */
async function columnsAtOnce(asking: Asking, rows: Rows): Promise<number> {
  const [{ n }] = z
    .array(z.object({ n: count }))
    .parse(await asking.engine.query(countStatement(rows), asking));
  return Math.max(1, Math.min(MOST_COLUMNS, Math.floor(VALUES_AT_ONCE / n)));
}

async function edgesNearTheData(
  asking: Asking,
  rows: Rows,
  column: string,
): Promise<number[]> {
  const { engine } = asking;
  const distinct = z
    .array(z.object({ number: count }))
    .parse(await engine.query(distinctStatement(rows, column), asking));
  if (distinct.length <= MOST_DISTINCT) {
    return edgesOfDistinct(distinct.map(({ number }) => number));
  }
  const [quantiles] = z
    .array(z.record(z.string(), count))
    .parse(
      await engine.query(quantilesStatement(rows, column, DECILES), asking),
    );
  const deciles = DECILES.map((_, at) => quantiles[`q${at}`]);
  return withMasses(
    [...new Set(deciles)],
    deciles.filter((one, at) => at > 0 && one === deciles[at - 1]),
  );
}

/**
 * A number that fills a decile or more, such as 0 where most rows have none, has a bin of its own: what lies above it
 * would be in the same one otherwise.
 */
function withMasses(deciles: number[], masses: number[]): number[] {
  return deciles.flatMap((edge, at) => {
    const above = edge + stepOf(edge);
    const next = deciles[at + 1] ?? Number.POSITIVE_INFINITY;
    return masses.includes(edge) && above > edge && above < next
      ? [edge, above]
      : [edge];
  });
}

function stepOf(number: number): number {
  return Math.max(Math.abs(number) * 2 ** -40, Number.MIN_VALUE * 2 ** 60);
}

/** A bin from each number to the next; of one number, what is below it and what is above it have bins as well. */
function edgesOfDistinct(distinct: number[]): number[] {
  const last = distinct[distinct.length - 1];
  if (last === undefined) {
    return [];
  }
  const step = stepOf(last);
  return distinct.length === 1
    ? [last - step, last, last + step, last + 2 * step]
    : [...distinct, last + step];
}
