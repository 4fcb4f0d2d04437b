import { createHash } from 'crypto';

const MAX_LENGTH = 63;
const SUFFIX_LENGTH = 8;

/**
 * A valid name for the catalog: letters, digits and `-_.`, at most 63 characters. Where something was lost in making
 * it valid, or the plain name is taken, a part of the SHA-256 of source and name makes it unique.
 *
 * @param taken - whether a name stands for another model already; names are compared in lower case.
 */
export function entityName(
  model: { source: string; name: string },
  taken: (name: string) => boolean,
): string {
  const plain = model.name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[-_.]{2,}/g, '-')
    .replace(/^[-_.]+|[-_.]+$/g, '');
  const lossless =
    plain === model.name.toLowerCase() && plain.length <= MAX_LENGTH;
  if (lossless && !taken(plain)) {
    return plain;
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([model.source, model.name]))
    .digest('hex');
  // Another model may be called what this one would be; more of the digest tells them apart.
  for (let length = SUFFIX_LENGTH; ; length += 4) {
    const suffix = digest.slice(0, length);
    const head = plain
      .slice(0, MAX_LENGTH - suffix.length - 1)
      .replace(/[-_.]+$/g, '');
    const name = `${head || 'model'}-${suffix}`.slice(0, MAX_LENGTH);
    if (!taken(name) || length >= digest.length) {
      return name;
    }
  }
}
