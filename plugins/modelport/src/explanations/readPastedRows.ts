import { parseCsv } from '@modelport/plugin-modelport-common/tables';

/** More are not computed in one request. */
const MOST_ROWS = 1_000;
const MOST_NAMED = 5;
const DELIMITERS = ['\t', ';', ','];

/** Rows that were pasted, as the fields of the form hold them. */
export interface PastedRows {
  rows: Array<Record<string, string>>;
  /** Columns that the model does not take. */
  unknown: string[];
  /** Features that no row holds, which count as missing values. */
  absent: string[];
}

/**
 * Reads rows that a person pastes: JSON objects by feature, or lines of a table with its heading, as a spreadsheet copies
 * them.
 *
 * @param categories - names of a feature's categories, where the model has some; any other value is a number.
 * @throws `Error` that says what can't be read and where; nothing is taken then.
 */
export function readPastedRows(
  text: string,
  features: ReadonlyArray<string>,
  categories: Readonly<Record<string, ReadonlyArray<string>>> = {},
): PastedRows {
  const given = /^\s*[[{]/.test(text) ? fromJson(text) : fromTable(text);
  if (given.length === 0) {
    throw new Error(
      'There is no row. Paste a JSON object by feature, or a heading with the names of the features and a line below it',
    );
  }
  if (given.length > MOST_ROWS) {
    throw new Error(
      `There are ${given.length} rows; at most ${MOST_ROWS} are computed at once`,
    );
  }
  const names = new Set(given.flatMap(row => [...row.keys()]));
  if (!features.some(feature => names.has(feature))) {
    throw new Error(
      `None of ${listOf([
        ...names,
      ])} is a feature of the model, which takes ${listOf(features)}`,
    );
  }
  return {
    rows: given.map((row, place) =>
      Object.fromEntries(
        features.map(feature => [
          feature,
          valueOf(row.get(feature) ?? '', {
            where: `Row ${place + 1}: "${feature}"`,
            names: categories[feature] ?? [],
          }),
        ]),
      ),
    ),
    unknown: [...names].filter(name => !features.includes(name)),
    absent: features.filter(feature => !names.has(feature)),
  };
}

function fromJson(text: string): Array<Map<string, string>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `This begins as JSON but is none: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
  const rows: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return rows.map((row, place) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new Error(
        `Row ${
          place + 1
        }: expected an object by feature, such as {"income": 3200}`,
      );
    }
    return new Map(
      Object.entries(row).map(([name, value]) => [name, textOf(value)]),
    );
  });
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'boolean') {
    return String(Number(value));
  }
  return typeof value === 'object'
    ? JSON.stringify(value)
    : String(value).trim();
}

function fromTable(text: string): Array<Map<string, string>> {
  const [heading] = text.split('\n', 1);
  const delimiter = DELIMITERS.find(sign => heading.includes(sign)) ?? ',';
  const [names = [], ...lines] = parseCsv(text.trim(), { delimiter });
  return lines.map((cells, place) => {
    if (cells.length !== names.length) {
      throw new Error(
        `Row ${place + 1} has ${cells.length} cells, the heading has ${
          names.length
        }`,
      );
    }
    return new Map(names.map((name, at) => [name.trim(), cells[at].trim()]));
  });
}

/** A value as its field holds it: empty where it is missing. */
function valueOf(
  text: string,
  options: { where: string; names: ReadonlyArray<string> },
): string {
  const { where, names } = options;
  if (/^(nan|null|na|none)?$/i.test(text) && !names.includes(text)) {
    return '';
  }
  if (names.includes(text) || Number.isFinite(Number(text))) {
    return text;
  }
  throw new Error(
    names.length > 0
      ? `${where} has no category "${text.slice(
          0,
          60,
        )}"; expected one of ${listOf(names)}`
      : `${where}: "${text.slice(0, 60)}" is no number`,
  );
}

function listOf(names: ReadonlyArray<string>): string {
  const shown = names.slice(0, MOST_NAMED).map(name => name.slice(0, 60));
  return `${shown.join(', ')}${names.length > MOST_NAMED ? ', …' : ''}`;
}
