import { ExplanationColumns } from '@modelport/plugin-modelport-common';

/** Rows with something in common, and what drives them. */
export interface Cohort {
  rows: number;
  /** Mean absolute contribution by feature. */
  meanAbs: Map<string, number>;
}

/** Splits rows by a value: those below a bound, and those from it on; rows without the value are in neither. */
export function splitRows(
  { columns }: Pick<ExplanationColumns, 'columns'>,
  by: string | undefined,
  bound: number,
): { below: Cohort; above: Cohort } {
  const values = columns.find(({ feature }) => feature === by)?.values ?? [];
  const places = (isIn: (value: number) => boolean) =>
    values.flatMap((value, place) =>
      value !== null && isIn(value) ? [place] : [],
    );
  const cohortOf = (rows: number[]): Cohort => ({
    rows: rows.length,
    meanAbs: new Map(
      columns.map(({ feature, contributions }) => [
        feature,
        rows.reduce((sum, place) => sum + Math.abs(contributions[place]), 0) /
          rows.length,
      ]),
    ),
  });
  return {
    below: cohortOf(places(value => value < bound)),
    above: cohortOf(places(value => value >= bound)),
  };
}

/** The middle of the numbers that there are; the upper one of two. */
export function median(values: ReadonlyArray<number | null>): number {
  const known = values.flatMap(value => value ?? []).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? 0;
}
