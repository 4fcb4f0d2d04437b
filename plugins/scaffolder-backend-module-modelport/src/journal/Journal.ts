import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = 'modelport-created.json';
const GIT_INFO = '.git/info';

const entries = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('model'), name: z.string() }),
    z.object({ kind: z.literal('experiment'), name: z.string() }),
    z.object({
      kind: z.literal('repository'),
      url: z.string(),
      /** Folder of the workspace that was, or was to be, pushed. */
      source: z.string(),
      /** Whether there was no repository before; an empty one may have been made by a person. */
      made: z.boolean(),
    }),
  ]),
);

/** Something that a task made, or began to make, outside of its workspace. */
export type JournalEntry = z.output<typeof entries>[number];

/**
 * What a task made outside of its workspace, written into the workspace before it is made: so a task that fails can
 * remove it, on whichever backend it goes on. The repository lies in a folder of its own beside it.
 */
export class Journal {
  private readonly file: string;
  private readonly gitInfo: string;

  constructor(workspacePath: string) {
    this.file = resolveSafeChildPath(workspacePath, FILE);
    this.gitInfo = resolveSafeChildPath(workspacePath, GIT_INFO);
  }

  async read(): Promise<JournalEntry[]> {
    const text = await readFile(this.file, 'utf8').catch(() => '[]');
    return entries.parse(JSON.parse(text));
  }

  /** Adds an entry, or takes the place of the one of the same thing. */
  async add(entry: JournalEntry): Promise<void> {
    const others = (await this.read()).filter(
      other => keyOf(other) !== keyOf(entry),
    );
    await writeFile(this.file, JSON.stringify([...others, entry]));
    // a step may publish the whole workspace, of which this is no part
    await mkdir(this.gitInfo, { recursive: true });
    await writeFile(join(this.gitInfo, 'exclude'), `/${FILE}\n`);
  }

  async clear(): Promise<void> {
    await writeFile(this.file, '[]');
  }
}

function keyOf(entry: JournalEntry): string {
  return `${entry.kind} ${
    entry.kind === 'repository' ? entry.url : entry.name
  }`;
}
