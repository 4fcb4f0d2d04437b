import { InputError } from '@backstage/errors';
import { FileTree, TreeEntry } from './FileTree';

/** Counts the entries that one scan looks at, so that no tree is too large to refuse. */
export class EntryBudget {
  private used = 0;

  constructor(private readonly maxFiles: number) {}

  get isSpent(): boolean {
    return this.used > this.maxFiles;
  }

  /** @throws `InputError` where more entries were looked at than a tree may have. */
  spend(count: number): void {
    this.used += count;
    if (this.isSpent) {
      throw new InputError(
        `The folder has more than ${this.maxFiles} files and folders (maxFiles); nothing of it was read`,
      );
    }
  }
}

/** All files below a folder, each folder's own before those further below; what is no plain file is left out. */
export async function listFiles(
  tree: FileTree,
  folder: string,
  options: { budget: EntryBudget; signal: AbortSignal },
): Promise<TreeEntry[]> {
  const files: TreeEntry[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    options.signal.throwIfAborted();
    const entries = await tree.list(next);
    options.budget.spend(entries.length);
    files.push(...entries.filter(entry => entry.kind === 'file'));
    folders.push(
      ...entries
        .filter(entry => entry.kind === 'folder')
        .map(entry => entry.path)
        .reverse(),
    );
  }
  return files;
}
