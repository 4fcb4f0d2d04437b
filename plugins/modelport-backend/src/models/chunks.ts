/** Rows asked for or written in one statement. */
export const CHUNK = 200;

/** Splits a list, for statements of bounded size. */
export function chunks<T>(items: T[], size = CHUNK): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
}
