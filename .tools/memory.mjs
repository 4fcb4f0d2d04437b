import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEMORY } from './paths.mjs';

/** What was remembered under a name; undefined where nothing was, or nothing that can be read. */
export function recall(name) {
  try {
    return JSON.parse(readFileSync(join(MEMORY, `${name}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Remembers a value until `node_modules` goes. */
export function remember(name, value) {
  mkdirSync(MEMORY, { recursive: true });
  writeFileSync(join(MEMORY, `${name}.json`), JSON.stringify(value));
}
