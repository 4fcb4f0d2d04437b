import { ExplanationColumns } from '@modelport/plugin-modelport-common';

type Column = ExplanationColumns['columns'][number];

const MOST_IN_WINDOW = 50;
const SHARE_OF_ROWS = 10;

/**
 * The feature whose values go along most with a feature's contributions where its own values are alike: rows are sorted by
 * the feature's value, and in windows of neighbours the absolute correlation of its contribution with the other's value is
 * summed. As `approximate_interactions` of shap, which leaves out rows without a value likewise.
 *
 * @returns undefined where none goes along with it.
 */
export function strongestInteraction(
  columns: ReadonlyArray<Column>,
  feature: string,
): string | undefined {
  const column = columns.find(one => one.feature === feature);
  if (!column) {
    return undefined;
  }
  const order = column.values
    .flatMap((value, place) => (value === null ? [] : [{ value, place }]))
    .sort((a, b) => a.value - b.value)
    .map(({ place }) => place);
  const width = Math.max(
    1,
    Math.min(MOST_IN_WINDOW, Math.floor(order.length / SHARE_OF_ROWS)),
  );
  let strongest: string | undefined;
  let most = 0;
  for (const other of columns) {
    if (other !== column) {
      let sum = 0;
      for (let from = 0; from < order.length; from += width) {
        sum += Math.abs(
          correlation(order.slice(from, from + width), column, other),
        );
      }
      if (sum > most) {
        most = sum;
        strongest = other.feature;
      }
    }
  }
  return strongest;
}

/** Pearson's, of the contributions of one and the values of another; 0 where one of them does not vary. */
function correlation(places: number[], column: Column, other: Column): number {
  const known = places.filter(place => other.values[place] !== null);
  const x = known.map(place => column.contributions[place]);
  const y = known.map(place => other.values[place] ?? 0);
  const [mx, my] = [x, y].map(
    list => list.reduce((sum, value) => sum + value, 0) / list.length,
  );
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
