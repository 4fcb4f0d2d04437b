/** A row that begins fenced code, as CommonMark has it: how far it is indented, its mark, and what stands behind that. */
const OPENING = /^( {0,3})(`{3,}(?!.*`)|~{3,})/;
/** Spaces before a mark; what is further right is code itself. */
const MOST_INDENT = 3;
const TAB = ' '.repeat(4);
const CLOSING = /^ *(`{3,}|~{3,}) *$/;
const HEADING = /^( {0,3})(#{1,6})(?=[ \t]|$)/;

/**
 * A field's text as it stands under the heading of an export. A heading within it would open another field, and code that
 * does not end would hold all fields that follow: their marks are escaped. Code that ends stays as it is.
 */
export function sectionText(text: string): string {
  const rows = text.split('\n');
  const written: string[] = [];
  const endOf = codeEnds(rows);
  while (written.length < rows.length) {
    const at = written.length;
    const end = endOf(at);
    if (end === undefined) {
      written.push(
        rows[at].replace(HEADING, '$1\\$2').replace(OPENING, '$1\\$2'),
      );
    } else {
      written.push(...rows.slice(at, end + 1));
    }
  }
  return written.join('\n');
}

/** Gives the row in which code ends that begins in a row; undefined where none begins, or it does not end. */
function codeEnds(rows: string[]): (at: number) => number | undefined {
  // By indentation and mark, the shortest mark to which none was found down to the end: it need not be looked for again.
  const endless = new Map<string, number>();
  return at => {
    const [, indent, mark] = OPENING.exec(rows[at]) ?? [];
    const kind = `${indent}${mark?.[0]}`;
    if (!mark || mark.length >= (endless.get(kind) ?? Infinity)) {
      return undefined;
    }
    for (let end = at + 1; end < rows.length; end++) {
      const row = rows[end].replace(/\t/g, TAB);
      const isClosing = CLOSING.exec(row)?.[1].startsWith(mark);
      const width = row.search(/[^ ]/);
      if (isClosing && width >= indent.length && width <= MOST_INDENT) {
        return end;
      }
      // Whether it ends it, or the list that the code may be in ends before, depends on that list.
      if (
        (isClosing && width <= indent.length + MOST_INDENT) ||
        (width >= 0 && width < indent.length)
      ) {
        return undefined;
      }
    }
    endless.set(kind, mark.length);
    return undefined;
  };
}
