import { plainParagraph } from '@modelport/plugin-modelport-common';

const MAX_READ = 20_000;
const MAX_LENGTH = 500;

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
    const plain = plainParagraph(paragraph);
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
