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
 * Takes Markdown's marks from one paragraph: links become their labels, pictures go, and so do emphasis, list marks
 * and quotation marks at the start of lines.
 *
 * @public
 */
export function plainParagraph(paragraph: string): string {
  return paragraph
    .replace(PICTURES, '')
    .replace(LINKS, '$1')
    .replace(EMPHASIS, '$2')
    .replace(/^(?:[>\s]|[-*+](?=\s|$))+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The words of a Markdown or HTML text without its marks, a paragraph, heading or line of code a line. Front matter,
 * scripts and rules between paragraphs and rows of tables are left out. For indexes and short lists: it keeps no
 * structure, and what it gives is still a stranger's text.
 *
 * @public
 */
export function plainMarkdown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^---\n[\s\S]*?\n---(\n|$)/, '')
    .replace(/^ {0,3}(```|~~~).*$/gm, '\n')
    .replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<\/?(p|div|h[1-6]|ul|ol|li|table|tr|br)\b[^<>]*>/gi, '\n\n')
    .replace(/<\/?[a-z!][^<>]*>/gi, '')
    .replace(/^ {0,3}#{1,6} (.*)$/gm, '\n$1\n')
    .replace(/^[ \t]*[|:=*_-][|:=*_ \t-]*$/gm, '')
    .replace(/^[ \t]*([-*+]|\d{1,9}[.)])[ \t]+/gm, '\n')
    .replace(/^[ \t]*\|(.*)$/gm, (_, cells: string) =>
      cells.replaceAll('|', ' '),
    )
    .split(/\n\s*\n/)
    .map(plainParagraph)
    .filter(paragraph => paragraph !== '')
    .join('\n');
}
