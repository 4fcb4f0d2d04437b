import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const FILE = 'modelport-created.json';

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

  constructor(workspacePath: string) {
    this.file = resolveSafeChildPath(workspacePath, FILE);
  }

  async read(): Promise<JournalEntry[]> {
    const text = await readFile(this.file, 'utf8').catch(() => '[]');
    return entries.parse(JSON.parse(text));
  }

  /** Whether a repository of the address was noted. */
  async has(url: string): Promise<boolean> {
    return (await this.read()).some(
      entry => entry.kind === 'repository' && entry.url === url,
    );
  }

  /** Adds an entry, or takes the place of the one of the same thing. */
  async add(entry: JournalEntry): Promise<void> {
    const others = (await this.read()).filter(
      other => keyOf(other) !== keyOf(entry),
    );
    await writeFile(this.file, JSON.stringify([...others, entry]));
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
