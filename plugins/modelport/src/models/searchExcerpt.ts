/** Characters before the first mark of a text that is shown from there. */
const BEFORE_MARK = 60;

/** How a search engine marks the words that it found. */
interface Marks {
  preTag: string;
  postTag: string;
}

/**
 * What stands around the first mark of a hit, where that is in what people wrote; undefined where it is not, as in the
 * names and tags at the end of the text. With where in the text the mark stands, as far as it can be told.
 *
 * @param marked - the text, or a part of it, with the marks of the search engine.
 * @param of - `text`, all of it, and how many of its last characters are not to be read.
 */
export function searchExcerpt(
  marked: string,
  marks: Marks,
  of: { text: string; unread: number },
): { excerpt: string; at: number | undefined } | undefined {
  const { preTag, postTag } = marks;
  const mark = preTag === '' ? -1 : marked.indexOf(preTag);
  if (mark < 0) {
    return undefined;
  }
  const end = of.text.length - of.unread;
  const head = marked.slice(0, mark);
  const [word] = marked.slice(mark + preTag.length).split(postTag);
  const begin = of.text.indexOf(head + word);
  if (begin < 0) {
    return { excerpt: fromMark(marked, mark), at: undefined };
  }
  const at = begin + mark;
  return at + word.length > end
    ? undefined
    : {
        excerpt: fromMark(cut(marked, marks, end - begin).trimEnd(), mark),
        at,
      };
}

/** The text up to so many characters, not counting marks; a word that is marked stays whole. */
function cut(marked: string, { preTag, postTag }: Marks, most: number): string {
  let rest = most;
  let kept = '';
  for (const [place, part] of marked.split(preTag).entries()) {
    const [word, after] = place === 0 ? ['', part] : splitOnce(part, postTag);
    if (rest < word.length) {
      return kept;
    }
    kept += place === 0 ? '' : `${preTag}${word}${postTag}`;
    rest -= word.length;
    kept += after.slice(0, rest);
    rest -= after.length;
    if (rest <= 0) {
      return kept;
    }
  }
  return kept;
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
}

function fromMark(text: string, mark: number): string {
  const start = mark - BEFORE_MARK;
  if (start <= 0) {
    return text;
  }
  const word = text.indexOf(' ', start);
  return `…${text.slice(
    word < 0 || word > start + BEFORE_MARK ? start : word,
  )}`;
}
