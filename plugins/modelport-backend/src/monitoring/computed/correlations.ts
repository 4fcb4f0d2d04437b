import { DriftFigure } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { Asking } from './profileColumns';
import { ReferenceColumn } from './ReferenceProfile';
import { correlationsStatement, Rows } from './statements';

/** Columns whose correlations are compared; of more, the first. */
export const MOST_CORRELATED = 20;

/** Pearson's correlation of each pair of columns; null where one is constant. */
export interface Correlations {
  n: number;
  values: Array<number | null>;
}

const figure = z.union([z.number(), z.string()]).nullable();
const answer = z.array(z.record(z.string(), figure));

/** The columns whose correlations are compared. */
export function correlatedColumns(columns: ReferenceColumn[]): string[] {
  return columns
    .filter(({ type, personal }) => type === 'numeric' && !personal)
    .slice(0, MOST_CORRELATED)
    .map(({ name }) => name);
}

/** Correlations by windows; undefined for windows without rows. */
export async function readCorrelations(
  asking: Asking,
  rows: Rows,
  columns: string[],
): Promise<Array<Correlations | undefined>> {
  const pairs = pairsOf(columns);
  const windows = rows.windows?.length ?? 1;
  if (pairs.length === 0) {
    return new Array(windows).fill(undefined);
  }
  const read = answer.parse(
    await asking.engine.query(
      correlationsStatement(rows, columns, pairs),
      asking,
    ),
  );
  return Array.from({ length: windows }, (_, window) => {
    const row = read.find(({ w }) => Number(w) === window);
    return (
      row && {
        n: Number(row.n),
        values: pairs.map((_pair, at) => {
          const value = row[`r${at}`];
          return value === null || !Number.isFinite(Number(value))
            ? null
            : Number(value);
        }),
      }
    );
  });
}

/**
 * How far correlations moved at most: of each column with the others, and of all. The floor is what the largest of as many
 * differences comes to at most on average, √(2 ln 2k) · √(1/n + 1/m), where nothing is correlated.
 */
export function correlationFigures(
  columns: string[],
  reference: Correlations,
  current: Correlations,
  threshold: number,
): DriftFigure[] {
  const pairs = pairsOf(columns);
  const shifts = pairs.map((_pair, at) => {
    const before = reference.values[at];
    const after = current.values[at];
    return before === null || after === null ? null : Math.abs(after - before);
  });
  const of = (feature: string | null, places: number[]): DriftFigure[] => {
    const known = places.flatMap(at => shifts[at] ?? []);
    return known.length > 0
      ? [
          {
            feature,
            statistic: 'correlationShift',
            value: known.reduce((a, b) => Math.max(a, b)),
            threshold,
            direction: 'above',
            nReference: reference.n,
            nCurrent: current.n,
            noiseFloor:
              Math.sqrt(2 * Math.log(2 * known.length)) *
              Math.sqrt(1 / reference.n + 1 / current.n),
          },
        ]
      : [];
  };
  return [
    ...of(
      null,
      pairs.map((_pair, at) => at),
    ),
    ...columns.flatMap((column, place) =>
      of(
        column,
        pairs.flatMap((pair, at) => (pair.includes(place) ? [at] : [])),
      ),
    ),
  ];
}

function pairsOf(columns: string[]): Array<[number, number]> {
  return columns.flatMap((_a, a) =>
    columns.slice(a + 1).map((_b, b): [number, number] => [a, a + 1 + b]),
  );
}
