import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvOf, runMonitor, RunOptions } from './runMonitor';

/** A folder of its own for each test, and monitors that may read it and nothing else. */
export function monitorFolder() {
  let folder = '';
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'monitor-test-')));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const pathOf = (name: string) => join(folder, name);
  return {
    pathOf,
    run: (
      raw: object,
      options: Omit<RunOptions, 'folders'> & { folders?: string[] } = {},
    ) => runMonitor(raw, { folders: [folder], ...options }),
    write: async (name: string, rows: Array<Record<string, unknown>>) => {
      await writeFile(pathOf(name), csvOf(rows));
      return pathOf(name);
    },
  };
}
