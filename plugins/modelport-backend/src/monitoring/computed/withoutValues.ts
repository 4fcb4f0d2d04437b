/** Errors about columns and tables, which name them and no values. */
const OF_NAMES = /^(Binder|Catalog|Parser) Error/;

/**
 * What an engine says went wrong, without what it says of the rows: its messages repeat lines of files and values, and they
 * are shown to whoever sees the model.
 */
export function withoutValues(message: string): string {
  const [line] = message.split('\n');
  const words = line.replace(/'[^']*'/g, '…');
  return OF_NAMES.test(line) ? words : words.replace(/"[^"]*"/g, '…');
}
