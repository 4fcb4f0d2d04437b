import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Root of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** What tests keep on this machine; ignored by git. */
export const DATA = join(ROOT, '.data');

/** Makes a folder below `.data` and gives its path. */
export function dataFolder(...parts: string[]): string {
  const path = join(DATA, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Makes an empty folder outside the repository, short enough for a unix socket's path. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `modelport-${name}-`));
}
