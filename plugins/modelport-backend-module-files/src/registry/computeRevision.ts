import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { FileTree } from '../tree/FileTree';
import { FoundVersion } from './locateVersions';

/** Files up to this size count by content, larger ones by path and size. */
const MAX_HASHED_SIZE = 1024 * 1024;

/**
 * A digest of all that is known of a version: its description and the files beside it. Times of files are no part of
 * it, as every checkout makes new ones.
 */
export async function computeRevision(
  tree: FileTree,
  { location, files }: FoundVersion,
): Promise<string> {
  const hash = createHash('sha256');
  hash.update(writeWithFigures(location.inline));
  for (const { path, size, isOmitted } of files) {
    const name = posix.relative(location.folder ?? '', path);
    hash.update(JSON.stringify([name, size]));
    if (size !== null && size <= MAX_HASHED_SIZE && !isOmitted) {
      hash.update(await tree.read(path, MAX_HASHED_SIZE));
    }
  }
  return hash.digest('hex');
}

/** JSON has no NaN and no infinities: written as numbers, a change among them would not be seen. */
export function writeWithFigures(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'number' ? String(part) : part,
    ) ?? ''
  );
}
