import { createHash } from 'node:crypto';

const MAX_LENGTH = 63;
const SUFFIX_LENGTH = 12;

/** The name of a model's entity where its own is taken: always the same one for a model. */
export function alternativeName(change: {
  source: string;
  name: string;
  generatedEntityName: string;
}): string {
  const suffix = createHash('sha256')
    .update(JSON.stringify([change.source, change.name]))
    .digest('hex')
    .slice(0, SUFFIX_LENGTH);
  const head = change.generatedEntityName
    .slice(0, MAX_LENGTH - SUFFIX_LENGTH - 1)
    .replace(/[-_.]$/, '');
  return `${head}-${suffix}`;
}
