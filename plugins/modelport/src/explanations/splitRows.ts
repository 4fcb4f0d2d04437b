import { ExplanationColumns } from '@modelport/plugin-modelport-common';
import { readRowFilter } from './rowFilter';

type Columns = ExplanationColumns['columns'];

/** Rows with something in common, and what drives them. */
export interface Cohort {
  rows: number;
  /** Mean absolute contribution by feature. */
  meanAbs: Map<string, number>;
}

/** What rows are told apart by: their features, and the output under that name, unless a feature has it. */
export function filterColumns(
  all: Pick<ExplanationColumns, 'columns' | 'outputs'>,
): Array<Pick<Columns[number], 'feature' | 'values' | 'categories'>> {
  return [
    ...all.columns,
    { feature: 'output', values: all.outputs, categories: [] },
  ];
}

/**
 * The rows that one filter takes, and those that another one takes; all others where that is empty.
 *
 * @param columns - what is told of them; what they are told apart by, where that is something else, is `by`.
 * @returns also the fewest rows that the same of the two take, or none of them: figures of the two and of all rows tell of
 * these by their difference.
 * @throws `Error` that names what of a filter can't be read.
 */
export function cohorts(
  columns: Columns,
  rows: number,
  first: string,
  second: string,
  by: Parameters<typeof readRowFilter>[1] = columns,
): { groups: [Cohort, Cohort]; fewestApart: number } {
  const inFirst = readRowFilter(first, by);
  const inSecond = second.trim()
    ? readRowFilter(second, by)
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

function cohortOf(columns: Columns, places: number[]): Cohort {
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
