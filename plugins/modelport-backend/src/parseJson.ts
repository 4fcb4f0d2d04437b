import { endOfValue, skipSpace } from './jsonText';

/**
 * Reads JSON from bytes.
 *
 * @throws `Error` that says what is wrong, where the bytes are no UTF-8, no JSON or nested too deeply.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = utf8Text(bytes);
  // Whatever comes behind the first value is refused before it is walked.
  endOfValue(text, skipSpace(text, 0));
  try {
    return JSON.parse(text);
  } catch (error) {
    const hint = /(^|[\s[:,-])(NaN|Infinity)\b/.test(text)
      ? ' NaN and Infinity are no JSON: write them as the strings "NaN", "Infinity" and "-Infinity".'
      : '';
    throw new Error(`It is no JSON${placeOf(error)}.${hint}`);
  }
}

/**
 * The text that bytes are.
 *
 * @throws `Error` where they are no UTF-8.
 */
export function utf8Text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('It is no UTF-8 text; expected JSON');
  }
}

/** Where JSON is wrong; without the piece of it that the engine quotes, which may be about a person. */
function placeOf(error: unknown): string {
  const [, position] =
    /at position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return position === undefined ? '' : ` at character ${position}`;
}
