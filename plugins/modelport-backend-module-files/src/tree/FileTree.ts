import { isChildPath } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  isError,
  NotFoundError,
} from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { BigIntStats, constants } from 'node:fs';
import {
  access,
  FileHandle,
  lstat,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';

/** One entry of a folder. Links to folders are never followed; links to files only within the tree. */
export interface TreeEntry {
  name: string;
  /** Path from the root, with slashes. */
  path: string;
  /** `refused` is a link that leaves the tree or leads nowhere. */
  kind: 'file' | 'folder' | 'refused';
  /** Bytes; null for what is no file. */
  size: number | null;
  /** Changes with the file's content, as far as the file system tells; empty for what is no file. */
  identity: string;
  /** Whether it was too large to fetch, and so can't be read. */
  isOmitted?: boolean;
}

/**
 * A folder whose content nobody vouches for: nothing outside of it is ever read, whatever links or paths say, nothing
 * but plain files is opened, and no read goes beyond a limit.
 */
export class FileTree {
  private readonly omittedByFolder = new Map<string, TreeEntry[]>();

  private constructor(
    private readonly root: string,
    omitted: ReadonlyMap<string, number>,
  ) {
    for (const [path, size] of omitted) {
      const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
      const entries = this.omittedByFolder.get(folder) ?? [];
      this.omittedByFolder.set(folder, entries);
      entries.push({
        name: posix.basename(path),
        path,
        kind: 'file',
        size,
        identity: `omitted:${size}`,
        isOmitted: true,
      });
    }
  }

  /**
   * @param omitted - Files that belong to the tree but were too large to fetch, with their sizes: listed, never read.
   * @throws any error of the file system where the root is not there or can't be read.
   */
  static async open(
    directory: string,
    omitted: ReadonlyMap<string, number> = new Map(),
  ): Promise<FileTree> {
    const root = await realpath(directory);
    if (!(await stat(root)).isDirectory()) {
      throw new InputError(`${directory} is not a folder`);
    }
    return new FileTree(root, omitted);
  }

  /**
   * Entries of one folder, sorted by name.
   *
   * @throws `NotFoundError` where there is no such folder; `InputError` where the path leaves the tree.
   */
  async list(folder: string): Promise<TreeEntry[]> {
    const at = await this.resolve(folder);
    const names = await readdir(at).catch(error => {
      throw describe(error, folder);
    });
    const entries: TreeEntry[] = [
      ...(this.omittedByFolder.get(normalise(folder)) ?? []),
    ];
    const omitted = new Set(entries.map(entry => entry.name));
    const found = await Promise.all(
      names
        .filter(name => !omitted.has(name))
        .map(name => this.look(join(at, name), name, posix.join(folder, name))),
    );
    entries.push(...found.filter(entry => entry !== undefined));
    return entries.sort((a, b) => compareText(a.name, b.name));
  }

  /**
   * The bytes of one file.
   *
   * @throws `NotFoundError` where there is no such file; `InputError` where the path leaves the tree or the file is
   * larger than `maxBytes`.
   */
  async read(path: string, maxBytes: number): Promise<Buffer> {
    const { handle, size } = await this.openFile(path);
    try {
      if (size > maxBytes) {
        throw new InputError(
          `${path} has ${size} bytes; at most ${maxBytes} are read`,
        );
      }
      return await readFully(handle, size);
    } finally {
      await handle.close();
    }
  }

  /**
   * The bytes of one file as they come.
   *
   * @throws as `read` does, for a file of any size.
   */
  async stream(path: string): Promise<AsyncIterable<Buffer>> {
    const { handle } = await this.openFile(path);
    return handle.createReadStream();
  }

  private async openFile(
    path: string,
  ): Promise<{ handle: FileHandle; size: number }> {
    const omitted = this.omittedByFolder
      .get(normalise(posix.dirname(path)))
      ?.find(entry => entry.path === path);
    if (omitted) {
      throw new InputError(
        `${path} has ${omitted.size} bytes, more than the source's maxFileSize, and was not fetched`,
      );
    }
    const at = await this.resolve(path);
    // Not blocking, so that a named pipe can't hold the reader; not following, so that a link put here meanwhile fails.
    const handle = await open(
      at,
      constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,
    ).catch(error => {
      throw describe(error, path);
    });
    const info = await handle.stat();
    if (!info.isFile()) {
      await handle.close();
      throw new NotFoundError(`${path} is not a file`);
    }
    return { handle, size: info.size };
  }

  /**
   * Puts another content in the place of a file's, in one blow: whoever reads meanwhile sees the old one or the new.
   *
   * @throws `ConflictError` where the file is no longer what was read of it; any error of the file system.
   */
  async replace(path: string, before: Buffer, after: Buffer): Promise<void> {
    const at = await this.resolve(path);
    const { mode } = await stat(at);
    const beside = join(dirname(at), `.${basename(at)}.${randomUUID()}`);
    try {
      const handle = await open(beside, 'wx', mode);
      try {
        await handle.writeFile(after);
        await handle.sync();
      } finally {
        await handle.close();
      }
      if (!(await this.read(path, before.length + 1)).equals(before)) {
        throw new ConflictError(`${path} was changed at the same time`);
      }
      await rename(beside, at);
    } finally {
      await rm(beside, { force: true });
    }
  }

  /** Whether files of a folder may be replaced, as far as the file system tells. */
  async isWritable(folder: string): Promise<boolean> {
    const at = await this.resolve(folder);
    return access(at, constants.W_OK).then(
      () => true,
      () => false,
    );
  }

  private async resolve(path: string): Promise<string> {
    const parts = path === '' ? [] : path.split(/[\\/]/);
    const odd = parts.some(part => ['', '.', '..'].includes(part));
    if (odd || path.includes('\0')) {
      throw new InputError(
        `'${path}' is not a path below the folder: expected names with single slashes between`,
      );
    }
    const real = await realpath(join(this.root, path)).catch(error => {
      throw describe(error, path);
    });
    if (!isChildPath(this.root, real)) {
      throw new InputError(`${path} is a link that leaves the folder`);
    }
    return real;
  }

  private async look(
    at: string,
    name: string,
    path: string,
  ): Promise<TreeEntry | undefined> {
    const refused: TreeEntry = {
      name,
      path,
      kind: 'refused',
      size: null,
      identity: '',
    };
    try {
      const own = await lstat(at, { bigint: true });
      if (!own.isSymbolicLink()) {
        return toEntry(own, name, path);
      }
      const real = await realpath(at);
      if (!isChildPath(this.root, real)) {
        return refused;
      }
      const entry = toEntry(await stat(real, { bigint: true }), name, path);
      return entry?.kind === 'file' ? entry : undefined;
    } catch (error) {
      if (isMissing(error)) {
        return refused;
      }
      throw describe(error, path);
    }
  }
}

/** Reads `size` bytes, or fewer where the file was cut short meanwhile; never more. */
async function readFully(handle: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let total = 0;
  while (total < size) {
    const { bytesRead } = await handle.read(bytes, total, size - total, total);
    if (bytesRead === 0) {
      break;
    }
    total += bytesRead;
  }
  return bytes.subarray(0, total);
}

/** Orders by UTF-16 code units, which no locale changes. */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function toEntry(
  info: BigIntStats,
  name: string,
  path: string,
): TreeEntry | undefined {
  if (info.isDirectory()) {
    return { name, path, kind: 'folder', size: null, identity: '' };
  }
  if (!info.isFile()) {
    return undefined;
  }
  const { ino, size, mtimeNs, ctimeNs } = info;
  return {
    name,
    path,
    kind: 'file',
    size: Number(size),
    identity: `${ino}:${size}:${mtimeNs}:${ctimeNs}`,
  };
}

function normalise(folder: string): string {
  return folder === '.' ? '' : folder;
}

function isMissing(error: unknown): boolean {
  const code = isError(error) ? error.code : undefined;
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(String(code));
}

/** Says what failed by the path in the tree, never by the machine's. */
function describe(error: unknown, path: string): Error {
  if (isMissing(error)) {
    return new NotFoundError(`There is no '${path}' in the folder`);
  }
  const code = isError(error) ? error.code : undefined;
  return new Error(`'${path}' can't be read: ${code ?? 'unknown error'}`);
}
