/** A value of a row as a category: the same as engines write it, so that 1.0 is 1. */
export function asText(value: unknown): string {
  return String(value).replace(/\.0$/, '');
}
