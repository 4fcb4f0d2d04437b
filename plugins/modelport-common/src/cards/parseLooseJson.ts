import { InputError } from '@backstage/errors';

/**
 * Reads JSON as tools write it: a bare `NaN` or `Infinity`, which Python's `json` emits, becomes the string.
 *
 * @throws `InputError` for anything else that is no JSON.
 */
export function parseLooseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Read once more below, with the words in quotes.
  }
  try {
    return JSON.parse(withQuotedWords(text));
  } catch (error) {
    throw new InputError(
      `The card is no JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Puts the words that Python writes for numbers that JSON does not know in quotes, where they stand outside of texts. */
function withQuotedWords(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') {
      at = endOfString(text, at);
    } else if (text[at] === 'N' || text[at] === 'I') {
      const word = text[at] === 'N' ? 'NaN' : 'Infinity';
      if (text.startsWith(word, at)) {
        const start = text[at - 1] === '-' ? at - 1 : at;
        const end = at + word.length;
        parts.push(text.slice(from, start), `"${text.slice(start, end)}"`);
        from = end;
        at = end - 1;
      }
    }
  }
  return parts.join('') + text.slice(from);
}

/** Where a text that begins here ends. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at;
}
