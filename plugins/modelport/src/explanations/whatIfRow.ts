import { ExplainableModel } from '@modelport/plugin-modelport-common';

/** A row as the fields of a form hold it: an empty one is a missing value. */
export type RowOfFields = Record<string, string>;

type Model = Pick<ExplainableModel, 'features' | 'categories'>;

/** The feature whose field holds no number, where it should. */
export function wrongField(
  row: RowOfFields,
  { features, categories }: Model,
): string | undefined {
  return features.find(
    feature =>
      row[feature] &&
      !categories[feature]?.length &&
      !(row[feature].trim() && Number.isFinite(Number(row[feature]))),
  );
}

/** A row as it is sent to be explained. */
export function rowOfFields(
  row: RowOfFields,
  { features, categories }: Model,
): Record<string, number | string | null> {
  return Object.fromEntries(
    features.map(feature => {
      const text = row[feature];
      if (!text) {
        return [feature, null];
      }
      const isName = categories[feature]?.includes(text);
      return [feature, isName ? text : Number(text)];
    }),
  );
}

/** The fields of a row with these values; of a category its name, where the row gives its place. */
export function fieldsOfRow(
  row: Readonly<Record<string, unknown>>,
  { features, categories }: Model,
): RowOfFields {
  return Object.fromEntries(
    features.map(feature => [
      feature,
      textOf(row[feature], categories[feature] ?? []),
    ]),
  );
}

function textOf(value: unknown, names: ReadonlyArray<string>): string {
  if (typeof value === 'string') {
    return names.includes(value) ? value : '';
  }
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    return '';
  }
  return names.length > 0 ? names[Number(value)] ?? '' : String(Number(value));
}
