/** Controls, separators, format characters that can't be seen, and halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]+/gu;

/** What Markdown, HTML, and the extensions of TechDocs give a meaning to. */
const MARKUP = /[\\`*_{}[\]<>#|~$!&]/g;

/** What can't be escaped by a backslash wherever HTML is read. */
const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '&': '&amp;',
};

/**
 * A free text on one line, without anything that can't be seen: what a person may have pasted breaks out of no line of
 * a file and hides nothing in it.
 */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
}

/** A line that Markdown shows as it was written: no link, no HTML, no heading, no code. */
export function asMarkdown(text: string): string {
  return oneLine(text)
    .replace(MARKUP, character => ENTITIES[character] ?? `\\${character}`)
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=:])/, '\\$1')
    .replace(/(https?|ftp|javascript|data):/gi, '$1&#58;');
}
