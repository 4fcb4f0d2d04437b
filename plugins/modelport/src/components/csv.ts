import { saveFile } from './saveFile';

/** A cell of a CSV; absent is empty. */
export type CsvCell = string | number | boolean | null | undefined;

/** Texts that a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Writes rows as CSV (RFC 4180), with texts that look like formulas made harmless by a leading apostrophe. */
export function toCsv(rows: ReadonlyArray<ReadonlyArray<CsvCell>>): string {
  return rows.map(row => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(cell: CsvCell): string {
  if (cell === null || cell === undefined) {
    return '';
  }
  if (typeof cell !== 'string') {
    return String(cell);
  }
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  // Some spreadsheets take other signs than the comma for the end of a cell.
  return /[",;\t\r\n]/.test(harmless)
    ? `"${harmless.replace(/"/g, '""')}"`
    : harmless;
}

/** Hands a CSV to the reader's browser as a file; the byte order mark lets spreadsheets see that it is UTF-8. */
export function downloadCsv(fileName: string, csv: string): void {
  saveFile(
    new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }),
    `${fileName}.csv`,
  );
}
