import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What these scripts remember between runs; gone with `node_modules`, as it should be. */
export const MEMORY = join(ROOT, 'node_modules', '.modelport');

/** The file that a package offers as a command. */
export function commandOf(path) {
  return join(ROOT, 'node_modules', ...path.split('/'));
}
