import { InputError } from '@backstage/errors';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress } from 'node:zlib';
import { z } from 'zod';
import { Tree } from '../render/renderLayers';

/** Where a repository keeps what the template made of it, from which updates tell the team's changes. */
export const BASE_FILE = '.modelport/base.br';

const MOST_BYTES = 20 * 1024 * 1024;
const OURS = '.modelport/';
const files = z.record(z.string(), z.string());

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/**
 * The text files of a folder, but for git's and the template's own records.
 *
 * @param isWanted - which of them; all unless given
 */
export async function readTree(
  folder: string,
  isWanted: (path: string) => boolean = () => true,
): Promise<Tree> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const tree: Tree = new Map();
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const path = file
      .slice(folder.length + 1)
      .split(sep)
      .join('/');
    const isOurs = /^\.git\//.test(path) || path.startsWith(OURS);
    if (entry.isFile() && !isOurs && isWanted(path)) {
      tree.set(path, await readFile(file, 'utf8'));
    }
  }
  return tree;
}

/** The bytes that hold a tree; the same for the same tree. */
export async function packTree(tree: Tree): Promise<Buffer> {
  const sorted = [...tree].sort(([a], [b]) => (a < b ? -1 : 1));
  return compress(JSON.stringify(Object.fromEntries(sorted)));
}

/**
 * Reads what `packTree` made.
 *
 * @throws `InputError` where it is something else, or unpacks to more than 20 MiB.
 */
export async function unpackTree(bytes: Buffer): Promise<Tree> {
  try {
    const text = await decompress(bytes, { maxOutputLength: MOST_BYTES });
    return new Map(Object.entries(files.parse(JSON.parse(text.toString()))));
  } catch (error) {
    throw new InputError(
      `${BASE_FILE} is not what the template wrote; bring it back from the repository's history`,
      error,
    );
  }
}
