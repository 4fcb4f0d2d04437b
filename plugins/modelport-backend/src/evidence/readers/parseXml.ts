/** An element of XML: its name, attributes and elements, and its own text. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const MOST_LEVELS = 50;
const MOST_ELEMENTS = 500_000;

const NAME = /[A-Za-z_:][\w:.-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*("[^"<]*"|'[^'<]*')/y;

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/**
 * Reads XML as test runners write it. There are no document types, so neither entities of their own nor references out
 * of the file.
 *
 * @throws `Error` that says what is wrong and at which character.
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = {
    name: '',
    attributes: {},
    children: [],
    text: '',
  };
  const open = [root];
  let elements = 0;
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(
      `It is no XML that can be read: ${what} at character ${at}`,
    );
  };
  const skipTo = (end: string) => {
    const found = text.indexOf(end, at);
    at = found < 0 ? fail(`${end} is missing`) : found + end.length;
  };
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    at += match?.[0].length ?? 0;
    return match;
  };
  while (at < text.length) {
    const top = open[open.length - 1];
    if (text[at] !== '<') {
      const next = text.indexOf('<', at);
      const end = next < 0 ? text.length : next;
      top.text += unescaped(text.slice(at, end));
      at = end;
    } else if (text.startsWith('<!--', at)) {
      skipTo('-->');
    } else if (text.startsWith('<![CDATA[', at)) {
      const from = at + '<![CDATA['.length;
      skipTo(']]>');
      top.text += text.slice(from, at - ']]>'.length);
    } else if (text.startsWith('<?', at)) {
      skipTo('?>');
    } else if (text.startsWith('<!', at)) {
      fail('a document type, which is not read,');
    } else if (text.startsWith('</', at)) {
      at += 2;
      const name = take(NAME)?.[0];
      if (open.length === 1 || name !== top.name) {
        fail(`</${name ?? ''}> ends nothing`);
      }
      open.pop();
      skipTo('>');
    } else {
      at += 1;
      const name = take(NAME)?.[0] ?? fail('an element without a name');
      const element: XmlElement = {
        name,
        attributes: {},
        children: [],
        text: '',
      };
      for (let match = take(ATTRIBUTE); match; match = take(ATTRIBUTE)) {
        element.attributes[match[1]] = unescaped(match[2].slice(1, -1));
      }
      elements += 1;
      if (elements > MOST_ELEMENTS || open.length > MOST_LEVELS) {
        fail(
          `more than ${MOST_ELEMENTS} elements, or ${MOST_LEVELS} levels of them,`,
        );
      }
      top.children.push(element);
      const [close] = take(/\s*\/?>/y) ?? fail('an element that is not closed');
      if (!close.endsWith('/>')) {
        open.push(element);
      }
    }
  }
  if (open.length > 1) {
    fail(`<${open[open.length - 1].name}> does not end,`);
  }
  if (root.children.length !== 1) {
    fail('not exactly one element');
  }
  return root.children[0];
}

/** What is none of the five entities of XML and no character stays as it is. */
function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
    (whole, hex: string, decimal: string, name: string) => {
      if (name) {
        return ENTITIES[name] ?? whole;
      }
      const code = hex ? parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff && code > 0 ? String.fromCodePoint(code) : whole;
    },
  );
}
