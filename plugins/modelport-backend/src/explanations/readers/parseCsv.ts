/**
 * Cells of a CSV (RFC 4180), line by line; empty lines are left out.
 *
 * @throws `Error` where a quote is never closed.
 */
export function parseCsv(text: string): string[][] {
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
    } else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\n') {
      endRow();
    } else if (sign !== '\r') {
      cell += sign;
    }
  }
  if (quoted) {
    throw new Error('A quote is never closed');
  }
  endRow();
  return rows;
}
