import {
  CHECKED_FOLDERS,
  checkedAs,
  checkRepository as checkFiles,
  MOST_CHECKED_BYTES,
} from '@modelport/plugin-modelport-common';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Checks a folder by reading files; nothing of it is run, and files that are links count as not there. */
export async function checkRepository(
  folder: string,
): Promise<ReturnType<typeof checkFiles>> {
  const files = new Map<string, string | null>();
  for (const below of CHECKED_FOLDERS) {
    for (const name of await readdir(join(folder, below)).catch(() => [])) {
      const path = below === '' ? name : `${below}/${name}`;
      const wanted = checkedAs(path);
      const about = wanted && (await lstat(join(folder, path)));
      if (about?.isFile()) {
        const isRead = wanted === 'content' && about.size <= MOST_CHECKED_BYTES;
        files.set(
          path,
          isRead ? await readFile(join(folder, path), 'utf8') : null,
        );
      }
    }
  }
  return checkFiles(files);
}
