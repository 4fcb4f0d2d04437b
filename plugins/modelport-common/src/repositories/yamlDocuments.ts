import { parseSafeYaml } from '../cards/parseSafeYaml';

const MOST_DOCUMENTS = 50;

/**
 * The documents of a YAML file that strangers wrote; every scalar is a text.
 *
 * @returns undefined where it is no YAML, or has more than 50 documents.
 */
export function yamlDocuments(text: string): unknown[] | undefined {
  const parts = text.split(/^---(?:[ \t].*)?$/m);
  if (parts.length > MOST_DOCUMENTS + 1) {
    return undefined;
  }
  try {
    const documents = parts
      .map(part => parseSafeYaml(part))
      .filter(document => document !== null && document !== '');
    return documents.length > 0 ? documents : [null];
  } catch {
    return undefined;
  }
}
