/** What people and templates write where nothing is known yet; compared in lower case, without marks around it. */
const PLACEHOLDERS =
  /^(to-?do|tbd|tbc|tba|fix-?me|xxx+|n\/?a|n\.a|none|nil|null|nan|unknown|undefined|unspecified|not (applicable|available|specified|provided|known)|more information needed|(more )?info(rmation)? needed|needs? (more )?information|placeholder|coming soon|work in progress|wip|to be (defined|determined|done|decided|completed|added|announced|confirmed|written|filled( in)?|provided)|(insert|add|describe|fill in|your) .{0,60} here)$/;

/** A longer line says something, whatever it is. */
const MOST_FILLER = 300;

/**
 * Whether a value of a card says nothing. That is so of null, of an empty text, list or map, of a text whose every line
 * is a filler (`TODO`, `TBD`, `N/A` without a reason, `[More Information Needed]`, `<insert … here>`, an HTML comment,
 * a Jinja variable, dots, dashes or question marks), of lorem ipsum, and of a list or map that holds only such texts.
 * Labels (`- **Developed by:**`), headings and the brackets around a filler do not count as words.
 *
 * @public
 */
export function isPlaceholder(value: unknown): boolean {
  if (value === null || value === undefined) {
    return true;
  }
  if (typeof value === 'string') {
    return isPlaceholderText(value);
  }
  if (Array.isArray(value)) {
    return value.every(isPlaceholder);
  }
  return typeof value === 'object' && Object.values(value).every(isPlaceholder);
}

function isPlaceholderText(text: string): boolean {
  if (/^\W*lorem ipsum/i.test(text)) {
    return true;
  }
  return withoutComments(text)
    .split('\n')
    .every(raw => {
      const row = raw.trim();
      if (row.length > MOST_FILLER) {
        return false;
      }
      const words = row
        .replace(/^#{1,6}\s.*$/, '')
        .replace(/^([-*+]|\d+[.)])\s+/, '')
        .replace(/^\*\*[^*]{0,80}\*\*:?/, '')
        .replace(/\{\{[^}]*\}\}/g, '')
        .replace(/^[\s[({<*_`"'.:!?…–—-]+|[\s\])}>*_`"'.:!?…–—-]+$/g, '')
        .toLowerCase();
      return words === '' || PLACEHOLDERS.test(words);
    });
}

/** Cuts HTML comments out of a text; one without an end goes to the end of the text. */
export function withoutComments(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf('<!--', from);
    if (start < 0) {
      kept.push(text.slice(from));
      return kept.join('');
    }
    kept.push(text.slice(from, start));
    const end = text.indexOf('-->', start + 4);
    if (end < 0) {
      return kept.join('');
    }
    from = end + 3;
  }
}
