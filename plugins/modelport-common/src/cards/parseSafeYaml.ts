import { InputError } from '@backstage/errors';
import { isCollection, isScalar, parseDocument, visit } from 'yaml';
import { repeatedKey } from '../yaml/repeatedKey';

/** Longest front matter, in characters: the Hub's largest are a tenth of it. */
const MAX_YAML = 200_000;
const MAX_ALIASES = 50;
const MAX_DEPTH = 50;

/**
 * Reads YAML that strangers wrote: every scalar stays the text that was written (so `0.90` keeps its decimals and `no`
 * is no boolean), tags other than YAML's own plain ones are refused, merge keys are keys like any other, and aliases
 * are few.
 *
 * @throws `InputError` saying what is wrong with it.
 */
export function parseSafeYaml(text: string): unknown {
  if (text.length > MAX_YAML) {
    throw new InputError(
      `The front matter has ${text.length} characters; expected at most ${MAX_YAML}`,
    );
  }
  refuseDeep(text);
  const document = parseDocument(text, {
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    throw new InputError(
      `The front matter is no plain YAML: ${problem.message.split('\n')[0]}`,
    );
  }
  const repeated = repeatedKey(document);
  if (repeated !== undefined) {
    throw new InputError(
      `The front matter has the key ${JSON.stringify(repeated)} twice`,
    );
  }
  visit(document, {
    Node: (_key, node) => {
      if ((isScalar(node) || isCollection(node)) && isForeign(node.tag)) {
        throw new InputError(
          `The front matter has the tag ${node.tag}, which is not read`,
        );
      }
    },
  });
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new InputError(
      `The front matter cannot be read: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

function isForeign(tag: string | undefined): boolean {
  return tag !== undefined && !/^tag:yaml\.org,2002:(str|seq|map)$/.test(tag);
}

/** Refuses what would nest deeper than any card does, before a recursive reader sees it. */
function refuseDeep(text: string): void {
  let open = 0;
  for (const char of text) {
    if (char === '[' || char === '{') {
      open += 1;
    } else if (char === ']' || char === '}') {
      open = Math.max(0, open - 1);
    }
    if (open > MAX_DEPTH) {
      throw new InputError(
        `The front matter nests deeper than ${MAX_DEPTH} levels`,
      );
    }
  }
  const tooDeep = text
    .split('\n')
    .some(
      row =>
        (/^ */.exec(row)?.[0].length ?? 0) > 4 * MAX_DEPTH ||
        (/^[\s-]*/.exec(row)?.[0].split('- ').length ?? 0) > MAX_DEPTH ||
        (/^[\s?:-]*/.exec(row)?.[0].split(/[?:] /).length ?? 0) > MAX_DEPTH,
    );
  if (tooDeep) {
    throw new InputError(
      `The front matter nests deeper than ${MAX_DEPTH} levels`,
    );
  }
}
