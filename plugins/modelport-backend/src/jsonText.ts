/** Deeper documents are of no tool, and would overflow whatever walks them. */
const MOST_LEVELS = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const AFTER_SCALAR = /[\s,\]}]/g;
const NO_SPACE = /\S/g;

/**
 * Where the JSON value ends that begins at a place; somewhere where it is none, which parsing it will say.
 *
 * @throws `Error` where it is nested too deeply.
 */
export function endOfValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) {
    return endOfString(text, from);
  }
  if (first !== OPEN_LIST && first !== OPEN_OBJECT) {
    return find(AFTER_SCALAR, text, from);
  }
  let level = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) {
      at = endOfString(text, at) - 1;
    } else if (sign === OPEN_OBJECT || sign === OPEN_LIST) {
      level++;
      if (level > MOST_LEVELS) {
        throw new Error(
          `It is nested more than ${MOST_LEVELS} levels deep at character ${at}`,
        );
      }
    } else if (sign === CLOSE_OBJECT || sign === CLOSE_LIST) {
      level--;
      if (level === 0) {
        return at + 1;
      }
    }
  }
  return text.length;
}

/** The place of the next character that is no white space. */
export function skipSpace(text: string, from: number): number {
  return text.charCodeAt(from) > 0x20 ? from : find(NO_SPACE, text, from);
}

function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && isEscaped(text, at)) {
    at = text.indexOf('"', at + 1);
  }
  return at < 0 ? text.length : at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) {
    slashes++;
  }
  return slashes % 2 === 1;
}

function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}
