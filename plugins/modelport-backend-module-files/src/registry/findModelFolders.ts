import { SourceProblem } from '@modelport/plugin-modelport-node';
import { FileTree, TreeEntry } from '../tree/FileTree';
import { EntryBudget } from '../tree/walkTree';
import { messageOf } from '../versions/VersionFolder';

export const MODEL_FILE = 'modelport.yaml';

/** Folders in which nobody keeps models. */
const SKIPPED = new Set(['node_modules', '__pycache__']);

/** A folder with a `modelport.yaml`, and what lies in it. */
export interface ModelFolder {
  /** Path from the root; empty for the root itself. */
  folder: string;
  file: TreeEntry;
  entries: TreeEntry[];
}

/**
 * Finds the folders of models at any depth, in the order of their paths' parts. What lies below such a folder belongs
 * to its model, so no other model is looked for there.
 *
 * @throws any error where the root itself can't be read, or there is more than the budget allows.
 */
export async function findModelFolders(
  tree: FileTree,
  options: { budget: EntryBudget; signal: AbortSignal },
): Promise<{ folders: ModelFolder[]; problems: SourceProblem[] }> {
  const folders: ModelFolder[] = [];
  const problems: SourceProblem[] = [];
  const waiting = [''];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    options.signal.throwIfAborted();
    const entries = await listFolder(tree, next, problems);
    options.budget.spend(entries.length);
    const file = entries.find(
      ({ name, kind }) => name === MODEL_FILE && kind === 'file',
    );
    if (file) {
      folders.push({ folder: next, file, entries });
      continue;
    }
    problems.push(...entries.flatMap(findFault));
    waiting.push(
      ...entries
        .filter(
          ({ name, kind }) =>
            kind === 'folder' && !name.startsWith('.') && !SKIPPED.has(name),
        )
        .map(entry => entry.path)
        .reverse(),
    );
  }
  return { folders, problems };
}

async function listFolder(
  tree: FileTree,
  folder: string,
  problems: SourceProblem[],
): Promise<TreeEntry[]> {
  if (folder === '') {
    return tree.list(folder);
  }
  try {
    return await tree.list(folder);
  } catch (error) {
    problems.push({
      where: folder,
      message: `models in it, if any, can't be seen: ${messageOf(error)}`,
    });
    return [];
  }
}

function findFault({ name, path, kind }: TreeEntry): SourceProblem[] {
  if (kind === 'refused' && !name.startsWith('.')) {
    return [
      {
        where: path,
        message:
          'is a link that leaves the folder or leads nowhere, and is not followed',
      },
    ];
  }
  return name === 'modelport.yml' && kind === 'file'
    ? [{ where: path, message: `expected the name ${MODEL_FILE}` }]
    : [];
}
