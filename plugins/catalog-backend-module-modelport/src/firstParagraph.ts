const MAX_READ = 20_000;
const MAX_LENGTH = 500;

/**
 * Markdown's `[label](address)`, the address with brackets in it as long as they are not nested. Neither part may hold
 * what starts another link, so that text full of beginnings is still read in time linear in its length.
 */
const LINK = '\\[([^[\\]]*)\\]\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)';
const PICTURES = new RegExp(`!${LINK}`, 'g');
const LINKS = new RegExp(LINK, 'g');
/** Within a word the marks are the word's own, as in `snake_case_name` and `2*3*4`. */
const EMPHASIS =
  /(?<![\p{L}\p{N}])([*_`]{1,3})(?=\S)([^*_`\n]+)\1(?![\p{L}\p{N}])/gu;

/**
 * The first paragraph of a Markdown or HTML text as plain text of at most 500 characters; undefined where there is
 * none. Headings, front matter, code fences and pictures are no paragraphs.
 *
 * @param options - `maxRead`: characters of the text that are looked at.
 */
export function firstParagraph(
  text: string | null,
  options: { maxRead: number } = { maxRead: MAX_READ },
): string | undefined {
  const paragraphs = (text ?? '')
    .slice(0, options.maxRead)
    .replace(/\r\n?/g, '\n')
    .replace(/^---\n[\s\S]*?\n---(\n|$)/, '')
    .replace(/```[\s\S]*?(```|$)/g, '\n\n')
    .replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<\/?(p|div|h[1-6]|ul|ol|li|table|tr|br)\b[^<>]*>/gi, '\n\n')
    .replace(/<\/?[a-z!][^<>]*>/gi, '')
    .replace(/^ {0,3}#{1,6} .*$/gm, '\n')
    .split(/\n\s*\n/);
  for (const paragraph of paragraphs) {
    const plain = paragraph
      .replace(PICTURES, '')
      .replace(LINKS, '$1')
      .replace(EMPHASIS, '$2')
      .replace(/^[>\-*+\s]+/gm, '')
      .replace(/\s+/g, ' ')
      .trim();
    if (/[\p{L}\p{N}]/u.test(plain)) {
      return shorten(plain);
    }
  }
  return undefined;
}

function shorten(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_LENGTH) {
    return text;
  }
  return `${characters
    .slice(0, MAX_LENGTH - 1)
    .join('')
    .trimEnd()}…`;
}
