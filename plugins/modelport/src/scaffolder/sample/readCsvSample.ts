import { parseCsv } from '@modelport/plugin-modelport-common/tables';
import {
  MOST_COLUMNS,
  MOST_ROWS,
  SampleFile,
  SampleTable,
} from './SampleTable';

/** How much of a CSV is looked at, in bytes. */
const MOST_BYTES = 8_000_000;

const DELIMITERS = [',', ';', '\t', '|'];
const FORMULA = /^([=@]|[+-][A-Za-z(])/;

/**
 * Reads the beginning of a CSV with a heading.
 *
 * @throws `Error` that says why it is none.
 */
export async function readCsvSample(file: SampleFile): Promise<SampleTable> {
  const isCut = file.size > MOST_BYTES;
  const text = decode(await file.slice(0, MOST_BYTES).arrayBuffer(), isCut);
  const delimiter = delimiterOf(text);
  const [heading = [], ...lines] = parseCsv(text, {
    ...{ delimiter, isCut },
    // the heading, and one more by which it is told that there are more
    most: MOST_ROWS + 2,
  });
  if (heading.length === 0 || lines.length === 0) {
    throw new Error(
      isCut
        ? `Its first ${
            MOST_BYTES / 1_000_000
          } MB hold no whole line; it does not look like a CSV`
        : 'It holds no rows; expected a line of column names and rows below it',
    );
  }
  checkHeading(heading);
  const rows = lines.slice(0, MOST_ROWS);
  const ragged = rows.filter(({ length }) => length !== heading.length).length;
  if (ragged > rows.length / 2) {
    throw new Error(
      `${ragged} of ${rows.length} lines have another number of cells than the heading; it does not look like a CSV`,
    );
  }
  const formulas = rows.flat().filter(cell => FORMULA.test(cell)).length;
  return {
    columns: heading.map((name, at) => ({
      name: name.trim(),
      values: rows.map(row => row[at]),
    })),
    rows: rows.length,
    isWhole: !isCut && rows.length === lines.length,
    nested: [],
    notes: [
      ...(ragged > 0
        ? [
            `${ragged} lines have another number of cells than the heading; what they lack counts as missing.`,
          ]
        : []),
      ...(formulas > 0
        ? [
            `${formulas} cells begin like a formula of a spreadsheet; they are taken as text.`,
          ]
        : []),
    ],
  };
}

/** @throws `Error` where a heading is none, or of more columns than are looked at. */
export function checkHeading(names: string[]): void {
  if (names.length > MOST_COLUMNS) {
    throw new Error(
      `It has ${names.length} columns; at most ${MOST_COLUMNS} are looked at. Give a sample of the columns that the model may use`,
    );
  }
  const trimmed = names.map(name => name.trim());
  if (trimmed.every(name => name === '' || Number.isFinite(Number(name)))) {
    throw new Error(
      'Its first line is no heading: it holds numbers only. Write the names of the columns into it',
    );
  }
  const twice = trimmed.find((name, at) => trimmed.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new Error(
      `The column "${twice.slice(0, 60)}" is there twice; names have to differ`,
    );
  }
}

function decode(bytes: ArrayBuffer, isCut: boolean): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, {
      stream: isCut,
    });
  } catch {
    throw new Error('It is no text in UTF-8; save it as CSV in UTF-8');
  }
  if (text.includes('\0')) {
    throw new Error('It holds bytes that no text has; it is no CSV');
  }
  return text;
}

/** What stands most often in the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const line = text
    .slice(0, 100_000)
    .split('\n', 1)[0]
    .replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map(each => line.split(each).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}
