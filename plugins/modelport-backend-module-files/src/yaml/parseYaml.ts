import { InputError } from '@backstage/errors';
import {
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  YAMLMap,
} from 'yaml';

/** Characters; beyond it, reading costs more than any hand-written file is worth. */
const MAX_LENGTH = 2 * 1024 * 1024;

const MAX_ALIASES = 100;

/** A YAML file whose scalars are text as written, or null: what is a number is for the schema to say. */
export interface YamlFile {
  value: unknown;
  /** Line of a value, from 1; undefined where there is none at that path. */
  lineOf(path: PropertyKey[]): number | undefined;
}

/**
 * Reads YAML (or JSON) that nobody vouches for. No tag has an effect, so nothing is ever constructed, and a version
 * `1.10` or a commit `0123e45` stays what it is.
 *
 * @throws `InputError` with the line where it is not YAML, has a key twice, or unfolds into far more than was written.
 */
export function parseYaml(text: string): YamlFile {
  if (text.length > MAX_LENGTH) {
    throw new InputError(
      `expected at most ${MAX_LENGTH} characters of YAML, found ${text.length}`,
    );
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    customTags: ['null'],
    // The library's own check compares every key with every other one; see below for ours.
    uniqueKeys: false,
    prettyErrors: false,
    // Any less, and further documents are passed over.
    logLevel: 'error',
    lineCounter,
  });
  const lineAt = (offset: number) => lineCounter.linePos(offset).line;
  const [error] = document.errors;
  if (error) {
    throw new InputError(
      `not readable as YAML: ${error.message} (line ${lineAt(error.pos[0])})`,
    );
  }
  visit(document, { Map: (_, map) => checkKeys(map, lineAt) });
  return {
    value: toValue(() => document.toJS({ maxAliasCount: MAX_ALIASES })),
    lineOf: path => {
      const node = document.getIn(path.map(String), true);
      const start = isNode(node) ? node.range?.[0] : undefined;
      return start === undefined ? undefined : lineAt(start);
    },
  };
}

function checkKeys(map: YAMLMap, lineAt: (offset: number) => number): void {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    if (!isScalar(key)) {
      throw new InputError(
        `expected keys that are text${
          isNode(key) && key.range ? ` (line ${lineAt(key.range[0])})` : ''
        }`,
      );
    }
    const name = String(key.value);
    const line = key.range ? ` (line ${lineAt(key.range[0])})` : '';
    if (seen.has(name)) {
      throw new InputError(`the key '${name}' is there twice${line}`);
    }
    if (name === '__proto__') {
      throw new InputError(`'${name}' can't be a key${line}`);
    }
    seen.add(name);
  }
}

function toValue(toJs: () => unknown): unknown {
  try {
    return toJs();
  } catch (error) {
    throw new InputError(
      "its aliases can't be resolved, or unfold into too much",
      error,
    );
  }
}
