/**
 * Cells of a CSV (RFC 4180), line by line; empty lines are left out.
 *
 * @param options - what parts the cells, a comma unless given; `isCut` says that the text is the beginning of a longer
 * one: its last line may be a part of one, so it is left out; after `most` lines nothing more is looked at.
 * @throws `Error` where a quote is never closed.
 * @public
 */
export function parseCsv(
  text: string,
  options: { delimiter?: string; isCut?: boolean; most?: number } = {},
): string[][] {
  const { delimiter = ',', isCut = false, most = Infinity } = options;
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const endRow = () => {
    row.push(cell);
    cell = '';
    if (row.length > 1 || row[0] !== '') {
      rows.push(row);
    }
    row = [];
  };
  for (let i = start; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign !== '"') {
        cell += sign;
      } else if (text[i + 1] === '"') {
        cell += sign;
        i++;
      } else {
        quoted = false;
      }
    } else if (sign === '"') {
      quoted = true;
    } else if (sign === delimiter) {
      row.push(cell);
      cell = '';
    } else if (sign === '\n') {
      endRow();
      if (rows.length >= most) {
        return rows;
      }
    } else if (sign !== '\r') {
      cell += sign;
    }
  }
  if (isCut) {
    return rows;
  }
  if (quoted) {
    throw new Error('A quote is never closed');
  }
  endRow();
  return rows;
}
