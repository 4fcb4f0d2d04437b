import { ExplanationColumns } from '@modelport/plugin-modelport-common';
import { OpenedRow } from './explainedRow';

/** Rows turned into columns, with texts as places among the texts that there are. */
export function explanationColumns(
  rows: OpenedRow[],
  options: { total: number; features: string[]; masked: ReadonlySet<string> },
): ExplanationColumns {
  const { total, features, masked } = options;
  return {
    rows: total,
    rowIds: rows.map(({ id }) => id),
    outputs: rows.map(({ output }) => output),
    baseValues: rows.map(({ baseValue }) => baseValue),
    masked: features.filter(feature => masked.has(feature)),
    columns: features.map((feature, place) => {
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
    }),
  };
}
