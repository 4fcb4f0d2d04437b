import { isError } from '@backstage/errors';
import { SourceProblem } from '@modelport/plugin-modelport-node';
import { posix } from 'node:path';
import { InlineVersion } from '../schema/versionFile';
import { FileTree, TreeEntry } from '../tree/FileTree';
import { EntryBudget, listFiles } from '../tree/walkTree';
import { messageOf, VersionLocation } from '../versions/VersionFolder';
import { MODEL_FILE, ModelFolder } from './findModelFolders';
import { ModelFile } from '../schema/modelFile';

const VERSION_FILE = 'version.yaml';

/** A version's description and files, found and not read. */
export interface FoundVersion {
  location: VersionLocation;
  files: TreeEntry[];
}

interface ScanOptions {
  budget: EntryBudget;
  signal: AbortSignal;
}

/**
 * Finds the versions of one model: those written into `modelport.yaml`, and the folders `versions/<version>`.
 *
 * @returns `names` holds every version that is there, whether it can be read or not.
 */
export async function locateVersions(
  tree: FileTree,
  at: ModelFolder,
  file: ModelFile,
  options: ScanOptions,
): Promise<{
  found: FoundVersion[];
  names: Set<string>;
  problems: SourceProblem[];
}> {
  const model = file.name;
  const problems: SourceProblem[] = [];
  const found: FoundVersion[] = [];
  const folders = await listVersionFolders(tree, at, options);
  const inline = new Map(file.versions?.map(entry => [entry.version, entry]));
  const taken = new Set<string>();
  const names = new Set(inline.keys());
  const add = async (where: string, locate: () => Promise<FoundVersion>) => {
    try {
      found.push(await locate());
    } catch (error) {
      rethrowUnlessReportable(error, options);
      problems.push({ where, message: messageOf(error), model });
    }
  };

  const where = posix.join(at.folder, MODEL_FILE);
  for (const entry of inline.values()) {
    const folder = posix.join(
      at.folder,
      entry.folder ?? posix.join('versions', entry.version),
    );
    taken.add(folder);
    await add(where, () =>
      locateInline(tree, { model, where, folder, entry }, options),
    );
  }
  for (const { name, path } of folders.filter(({ path: p }) => !taken.has(p))) {
    names.add(name);
    const description = posix.join(path, VERSION_FILE);
    if (inline.has(name)) {
      problems.push({
        where: description,
        message: `version ${name} is described in ${MODEL_FILE} too, which counts: expected one description`,
        model,
      });
    } else {
      await add(description, async () => ({
        location: { model, version: name, folder: path, where: description },
        files: await listFiles(tree, path, options),
      }));
    }
  }
  return { found, names, problems };
}

async function listVersionFolders(
  tree: FileTree,
  at: ModelFolder,
  options: ScanOptions,
): Promise<TreeEntry[]> {
  const folder = at.entries.find(
    ({ name, kind }) => name === 'versions' && kind === 'folder',
  );
  if (!folder) {
    return [];
  }
  const entries = await tree.list(folder.path);
  options.budget.spend(entries.length);
  return entries.filter(
    ({ name, kind }) => kind === 'folder' && !name.startsWith('.'),
  );
}

async function locateInline(
  tree: FileTree,
  version: {
    model: string;
    where: string;
    folder: string;
    entry: InlineVersion;
  },
  options: ScanOptions,
): Promise<FoundVersion> {
  const { model, where, folder, entry } = version;
  const files = await listFiles(tree, folder, options).catch(error => {
    const isAbsent = isError(error) && error.name === 'NotFoundError';
    if (isAbsent && !entry.folder) {
      return undefined;
    }
    throw error;
  });
  return {
    location: {
      model,
      version: entry.version,
      folder: files ? folder : null,
      where,
      inline: entry,
    },
    files: files ?? [],
  };
}

/** Lets through what ends the whole scan: that it was given up, or that there is too much. */
export function rethrowUnlessReportable(
  error: unknown,
  { budget, signal }: ScanOptions,
): void {
  signal.throwIfAborted();
  if (budget.isSpent || !isError(error)) {
    throw error;
  }
}
