/** PostgreSQL's text cannot hold the null character. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}

/** The same for a text that may be absent. */
export function nullable(text: string | null): string | null {
  return text === null ? null : storable(text);
}
