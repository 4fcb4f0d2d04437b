/** Deeper documents are of no tool, and would overflow whatever walks them. */
const MOST_LEVELS = 100;

/**
 * Reads JSON from bytes.
 *
 * @throws `Error` that says what is wrong, where the bytes are no UTF-8, no JSON or nested too deeply.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('It is no UTF-8 text; expected JSON');
  }
  refuseDeep(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    const hint = /(^|[\s[:,-])(NaN|Infinity)\b/.test(text)
      ? ' NaN and Infinity are no JSON: write them as the strings "NaN", "Infinity" and "-Infinity".'
      : '';
    throw new Error(`It is no JSON${placeOf(error)}.${hint}`);
  }
}

/** Where JSON is wrong; without the piece of it that the engine quotes, which may be about a person. */
function placeOf(error: unknown): string {
  const [, position] =
    /at position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return position === undefined ? '' : ` at character ${position}`;
}

function refuseDeep(text: string): void {
  let level = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (inString) {
      if (sign === 0x5c) {
        i++;
      } else if (sign === 0x22) {
        inString = false;
      }
    } else if (sign === 0x22) {
      inString = true;
    } else if (sign === 0x7b || sign === 0x5b) {
      level++;
      if (level > MOST_LEVELS) {
        throw new Error(
          `It is nested more than ${MOST_LEVELS} levels deep at character ${i}`,
        );
      }
    } else if (sign === 0x7d || sign === 0x5d) {
      level--;
    }
  }
}
