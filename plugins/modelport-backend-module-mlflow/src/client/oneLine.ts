/** Line breaks, control characters, and what turns the direction of writing round. */
const NOT_IN_A_LINE = /[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/** A text of others as one line of a message: without control characters and halves of characters, and not long. */
export function oneLine(text: string, longest = 200): string {
  const line = text
    // What is cut off anyway need not be looked at.
    .slice(0, longest * 10)
    .replace(NOT_IN_A_LINE, ' ')
    .trim();
  const cut = line.length > longest ? `${line.slice(0, longest)}…` : line;
  return cut.replace(/\p{Cs}/gu, '\uFFFD');
}
