import { cleanText } from './cleanText';

/** A figure with the decimals that were written, so that 0.900 is not taken for 0.9. */
export function writtenFigure(
  value: number | string,
  decimals: number | null | undefined,
): string {
  const text = String(value);
  const written = text.split('.')[1]?.length ?? 0;
  return typeof value === 'number' &&
    /^-?\d+(\.\d+)?$/.test(text) &&
    decimals &&
    decimals > written
    ? value.toFixed(decimals)
    : text;
}

/** An end of an interval; undefined where there is none. */
export function boundText(value: number | string | null | undefined) {
  return value === null || value === undefined ? undefined : String(value);
}

/** The document with its texts cleaned, and without what is undefined or holds nothing. */
export function cleanDocument(value: unknown): unknown {
  if (typeof value === 'string') {
    return cleanText(value);
  }
  if (Array.isArray(value)) {
    return value.map(cleanDocument);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, entry]) => {
        const part = cleanDocument(entry);
        return part === undefined ? [] : [[key, part]];
      }),
    );
  }
  return value;
}
