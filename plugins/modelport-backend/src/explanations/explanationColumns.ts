import {
  ExplanationColumns,
  MASKED_TOGETHER,
} from '@modelport/plugin-modelport-common';
import { Masked, OpenedRow } from './explainedRow';

/** Rows turned into columns, with texts as places among the texts that there are. */
export function explanationColumns(
  rows: OpenedRow[],
  options: { total: number; features: string[]; masked: Masked },
): ExplanationColumns {
  const { total, features, masked } = options;
  return {
    rows: total,
    rowIds: rows.map(({ id }) => id),
    outputs: rows.map(({ output }) => output),
    baseValues: rows.map(({ baseValue }) => baseValue),
    masked: features.filter(feature => masked.values.has(feature)),
    columns: [
      ...features.flatMap((feature, place) =>
        masked.contributions.has(feature)
          ? []
          : [columnOf(rows, { feature, place, masked: masked.values })],
      ),
      ...together(rows, { features, masked: masked.contributions }),
    ],
  };
}

function columnOf(
  rows: OpenedRow[],
  options: { feature: string; place: number; masked: ReadonlySet<string> },
): ExplanationColumns['columns'][number] {
  const { feature, place, masked } = options;
  const categories: string[] = [];
  const places = new Map<string, number>();
  const values = rows.map(row => {
    const value = masked.has(feature) ? null : row.values?.[place] ?? null;
    if (typeof value !== 'string') {
      return value === null ? null : Number(value);
    }
    const known = places.get(value) ?? categories.push(value) - 1;
    places.set(value, known);
    return known;
  });
  return {
    feature,
    contributions: rows.map(row => row.contributions[place]),
    values,
    categories,
  };
}

/** The sums of the contributions that are not shown one by one; none where all are. */
function together(
  rows: OpenedRow[],
  options: { features: string[]; masked: ReadonlySet<string> },
): ExplanationColumns['columns'] {
  const places = options.features.flatMap((feature, place) =>
    options.masked.has(feature) ? place : [],
  );
  return places.length === 0
    ? []
    : [
        {
          feature: MASKED_TOGETHER,
          contributions: rows.map(row =>
            places.reduce((sum, place) => sum + row.contributions[place], 0),
          ),
          values: rows.map(() => null),
          categories: [],
        },
      ];
}
