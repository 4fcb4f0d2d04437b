import { InputError } from '@backstage/errors';
import { TrafficShare } from '@modelport/plugin-modelport-node';
import { Document, isMap, isNode, isScalar, Pair, parseDocument } from 'yaml';

const KEY = 'traffic';

/**
 * The text of a `modelport.yaml` with what comes to an environment split among versions, or no longer. Only the lines of
 * that environment are written anew, so that comments and everything else stay as they are.
 *
 * @param shares - none take the split away.
 * @throws `InputError` where the text is not YAML, or its traffic is none.
 */
export function writeTraffic(
  text: string,
  environment: string,
  shares: TrafficShare[],
): string {
  const document = parse(text);
  if (document.errors.length > 0) {
    throw new InputError(
      `not readable as YAML: ${document.errors[0].message}; nothing was written`,
    );
  }
  const all = pairOf(document.contents, KEY);
  const isEmpty =
    all === undefined ||
    all.value === null ||
    (isScalar(all.value) &&
      ['', 'null', '~'].includes(String(all.value.value ?? '')));
  if (!isEmpty && !isMap(all.value)) {
    throw new InputError(
      'traffic is no list of shares by environment; nothing was written',
    );
  }
  if (shares.length === 0 && !document.hasIn([KEY, environment])) {
    return text;
  }
  const split = `[${shares.map(toFlow).join(', ')}]`;
  const whole = wholly(text, environment, split, shares.length > 0);
  const lines =
    shares.length > 0
      ? withSplit(text, { document, all, environment, split })
      : withoutSplit(text, { all, environment });
  // Lines that were put together by hand say what they should, or the file is written anew.
  return lines !== undefined && isSame(lines, whole) ? lines : whole;
}

/** By lines; undefined where that can't be done. */
function withSplit(
  text: string,
  of: {
    document: Document;
    all: Pair | undefined;
    environment: string;
    split: string;
  },
): string | undefined {
  const { document, all, environment, split } = of;
  if (isMap(document.contents) && document.contents.flow) {
    return undefined;
  }
  const key = toKey(environment);
  if (all === undefined) {
    const end = text === '' || text.endsWith('\n') ? '' : '\n';
    return `${text}${end}${KEY}:\n  ${key}: ${split}\n`;
  }
  const value = pairOf(all.value, environment)?.value;
  if (isNode(value) && value.range) {
    const [start, end] = value.range;
    const isOnLine = !text.slice(start, end).includes('\n');
    return isOnLine && start < end
      ? text.slice(0, start) + split + text.slice(end)
      : undefined;
  }
  const first = isMap(all.value) ? all.value.items[0]?.key : undefined;
  if (!isMap(all.value) || all.value.flow || !isNode(first) || !first.range) {
    return undefined;
  }
  const [start] = first.range;
  const indent = text.slice(lineOf(text, start), start);
  return `${text.slice(0, start)}${key}: ${split}\n${indent}${text.slice(
    start,
  )}`;
}

function withoutSplit(
  text: string,
  of: { all: Pair | undefined; environment: string },
): string | undefined {
  const { all, environment } = of;
  if (!all || !isMap(all.value) || all.value.flow) {
    return undefined;
  }
  const pair =
    all.value.items.length === 1 ? all : pairOf(all.value, environment);
  if (
    !pair ||
    !isNode(pair.key) ||
    !pair.key.range ||
    !isNode(pair.value) ||
    !pair.value.range
  ) {
    return undefined;
  }
  const start = lineOf(text, pair.key.range[0]);
  const [, end] = pair.value.range;
  const next = text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1;
  return text.slice(0, start) + (next > 0 ? text.slice(next) : '');
}

/** The whole file written anew, comments kept. */
function wholly(
  text: string,
  environment: string,
  split: string,
  isSplit: boolean,
): string {
  const document = parse(text);
  if (isSplit) {
    if (!isMap(document.get(KEY))) {
      document.set(KEY, document.createNode({}));
    }
    document.setIn([KEY, environment], parse(split).contents);
  } else {
    document.deleteIn([KEY, environment]);
    const all = document.get(KEY);
    if (isMap(all) && all.items.length === 0) {
      document.delete(KEY);
    }
  }
  return document.toString({ lineWidth: 0 });
}

/** In quotes only where it might be read as something else. */
function toKey(environment: string): string {
  const isPlain =
    /^[a-z][\w-]*$/i.test(environment) &&
    !/^(y|n|yes|no|on|off|true|false|null)$/i.test(environment);
  return isPlain ? environment : JSON.stringify(environment);
}

function toFlow({ version, percent, mode }: TrafficShare): string {
  return `{ version: ${JSON.stringify(version)}, percent: ${percent}${
    mode === 'shadow' ? ', mode: shadow' : ''
  } }`;
}

function parse(text: string): Document {
  return parseDocument(text, { schema: 'failsafe' });
}

function pairOf(map: unknown, name: string): Pair | undefined {
  return isMap(map)
    ? map.items.find(({ key }) => isScalar(key) && key.value === name)
    : undefined;
}

/** Where the line of a place begins. */
function lineOf(text: string, place: number): number {
  return text.lastIndexOf('\n', place - 1) + 1;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map(parse);
  return (
    a.errors.length === 0 &&
    JSON.stringify(sorted(a.toJS())) === JSON.stringify(sorted(b.toJS()))
  );
}

/** With the keys of the environments in one order. */
function sorted(file: unknown): unknown {
  return JSON.parse(JSON.stringify(file), (_key, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
}
