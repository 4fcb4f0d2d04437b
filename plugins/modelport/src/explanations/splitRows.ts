import { ExplanationColumns } from '@modelport/plugin-modelport-common';
import { readRowFilter } from './rowFilter';

/** Rows with something in common, and what drives them. */
export interface Cohort {
  rows: number;
  /** Mean absolute contribution by feature. */
  meanAbs: Map<string, number>;
}

/**
 * The rows that one filter takes, and those that another one takes; all others where that is empty.
 *
 * @returns also the fewest rows that the same of the two take, or none of them: figures of the two and of all rows tell of
 * these by their difference.
 * @throws `Error` that names what of a filter can't be read.
 */
export function cohorts(
  columns: ExplanationColumns['columns'],
  rows: number,
  first: string,
  second: string,
): { groups: [Cohort, Cohort]; fewestApart: number } {
  const inFirst = readRowFilter(first, columns);
  const inSecond = second.trim()
    ? readRowFilter(second, columns)
    : (place: number) => !inFirst(place);
  const all = Array.from({ length: rows }, (_, place) => place);
  const apart = new Map<string, number>();
  for (const place of all) {
    const who = `${inFirst(place)} ${inSecond(place)}`;
    apart.set(who, (apart.get(who) ?? 0) + 1);
  }
  return {
    groups: [
      cohortOf(columns, all.filter(inFirst)),
      cohortOf(columns, all.filter(inSecond)),
    ],
    fewestApart: Math.min(...apart.values()),
  };
}

/** The middle of the numbers that there are; the upper one of two. */
export function median(values: ReadonlyArray<number | null>): number {
  const known = values.flatMap(value => value ?? []).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? 0;
}

function cohortOf(
  columns: ExplanationColumns['columns'],
  places: number[],
): Cohort {
  return {
    rows: places.length,
    meanAbs: new Map(
      columns.map(({ feature, contributions }) => [
        feature,
        places.reduce((sum, place) => sum + Math.abs(contributions[place]), 0) /
          places.length,
      ]),
    ),
  };
}
