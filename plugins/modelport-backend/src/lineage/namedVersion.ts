import { NodeToWrite, versionNode } from './lineageNodes';
import { isStorable } from '../models/storable';

/** Characters that the registry has room for. */
const MOST = { source: 255, name: 512, version: 255 };

/** Says where a document names a version that there cannot be. */
export class OddVersionError extends Error {
  readonly name = 'OddVersionError';

  constructor(readonly path: string, readonly problem: string) {
    super(`at ${path}: ${problem}`);
  }
}

/**
 * The version that a document names.
 *
 * @param path - where in the document.
 * @throws `OddVersionError` where no database holds such names, so that none answers otherwise than another.
 */
export function namedVersion(
  of: { source: string; name: string; version: string },
  path: string,
): NodeToWrite {
  for (const part of ['source', 'name', 'version'] as const) {
    if (!isStorable(of[part])) {
      throw new OddVersionError(
        path,
        `the ${part} of the version of a model holds a null character or half of a character`,
      );
    }
    const { length } = of[part];
    if (length > MOST[part] && [...of[part]].length > MOST[part]) {
      throw new OddVersionError(
        path,
        `the ${part} of the version of a model has ${length} characters; expected ${MOST[part]} at most`,
      );
    }
  }
  return versionNode(of);
}
