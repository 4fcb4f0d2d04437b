import { cleanText, withoutControls } from './cleanText';

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

/** A text that other tools show as Markdown or HTML, cleaned for them. */
export function prose(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanText(text);
}

/** The document with its names and values as they are, but for control characters and what is undefined. */
export function plainDocument(value: unknown): unknown {
  if (typeof value === 'string') {
    return withoutControls(value);
  }
  if (Array.isArray(value)) {
    return value.map(plainDocument);
  }
  if (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, entry]) =>
        entry === undefined
          ? []
          : [[withoutControls(key), plainDocument(entry)]],
      ),
    );
  }
  return value;
}

/**
 * A text as JSON and YAML write it in double quotes: it is read as what it is, while nothing among the bytes could be
 * taken for HTML, an image or a link by what looks at them as a page.
 */
export function quotedText(text: string): string {
  return withoutMarks(JSON.stringify(text));
}

/** The document as JSON, each of its texts as `quotedText` has it. */
export function quotedJson(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(
    /"(?:[^"\\]|\\.)*"/g,
    withoutMarks,
  );
}

/** A text in double quotes with its marks as escapes, where they could be markup. */
function withoutMarks(quoted: string): string {
  return quoted.replace(
    cleanText(quoted) === quoted ? /</g : /[<>&![\]()]/g,
    mark => `\\u00${mark.charCodeAt(0).toString(16)}`,
  );
}
