import { NotFoundError } from '@backstage/errors';
import { access, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { FileTree } from './FileTree';
import { TreeCheckout, TreeOrigin } from './TreeOrigin';

/** A directory on this machine, or mounted on it. */
export class DirectoryOrigin implements TreeOrigin {
  readonly url: string;
  readonly readOnly: string | null = null;
  private readonly directory: string;

  constructor(directory: string) {
    this.url = directory;
    this.directory = resolve(directory);
  }

  async refresh(): Promise<FileTree> {
    try {
      return await FileTree.open(this.directory);
    } catch (error) {
      throw new NotFoundError(
        `The directory '${this.url}' can't be read; what was read before is kept`,
        error,
      );
    }
  }

  async current(): Promise<FileTree> {
    return this.refresh();
  }

  async checkout(): Promise<TreeCheckout> {
    const root = await realpath(this.directory);
    const repository = await findRepository(root);
    return repository === undefined
      ? { place: "the registry's folder", folder: '' }
      : {
          place: "the repository of the registry's folder",
          folder: relative(repository, root).split(sep).join('/'),
        };
  }
}

async function findRepository(directory: string): Promise<string | undefined> {
  const found = await access(join(directory, '.git')).then(
    () => true,
    () => false,
  );
  if (found) {
    return directory;
  }
  const parent = dirname(directory);
  return parent === directory ? undefined : findRepository(parent);
}
