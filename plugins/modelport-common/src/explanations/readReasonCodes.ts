import { parseDocument, stringify } from 'yaml';
import { repeatedKey } from '../yaml/repeatedKey';
import { ReasonCodes, reasonCodesBody } from './reasonCodesBody';

const MOST_CHARACTERS = 500_000;
const MOST_ALIASES = 50;

/**
 * Reads a dictionary of reason codes from YAML or JSON.
 *
 * @throws `Error` or `ZodError` that says what is wrong and where.
 *
 * @public
 */
export function readReasonCodes(text: string): ReasonCodes {
  if (text.length > MOST_CHARACTERS) {
    throw new Error(
      `It has ${text.length} characters; at most ${MOST_CHARACTERS} are read`,
    );
  }
  const document = parseDocument(text, {
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    throw new Error(`It is no plain YAML: ${problem.message.split('\n')[0]}`);
  }
  const repeated = repeatedKey(document);
  if (repeated !== undefined) {
    throw new Error(`It has the key ${JSON.stringify(repeated)} twice`);
  }
  return reasonCodesBody.parse(document.toJS({ maxAliasCount: MOST_ALIASES }));
}

/**
 * Writes a dictionary as YAML, for people to edit.
 *
 * @public
 */
export function writeReasonCodes(dictionary: unknown): string {
  return stringify(dictionary, { lineWidth: 0 });
}
