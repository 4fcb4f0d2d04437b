/** Characters of a description that lists give; the model's and the version's own answers give all of it. */
export const LISTED_DESCRIPTION = 2000;

/** The beginning of a text, marked with an ellipsis where that is not all; never half of a character. */
export function shortText(text: string | null, limit: number): string | null {
  if (text === null || text.length <= limit) {
    return text;
  }
  // No more of it is taken apart than may be needed: a character is at most two units.
  const characters = [...text.slice(0, limit * 2 + 2)];
  return characters.length <= limit
    ? text
    : `${characters.slice(0, limit - 1).join('')}…`;
}
