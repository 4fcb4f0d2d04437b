import { InputError, NotFoundError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './runGit';

const NAME = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/;
const REF = /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,198}[A-Za-z0-9])?$/;
const BRANCH = 'main';

/** Bare repositories in a folder, and of each the files of its main branch in another, for the files source. */
export class GitRepositories {
  /** Bare repositories, `<name>.git`. */
  readonly root: string;
  /** The files of each main branch, `<name>`. */
  readonly checkouts: string;
  private readonly scratch: string;

  constructor(directory: string) {
    this.root = join(directory, 'repositories');
    this.checkouts = join(directory, 'checkouts');
    this.scratch = join(directory, 'scratch');
  }

  /** Makes the folders, and the empty repository that stands for each one that isn't there yet. */
  async prepare(): Promise<void> {
    await rm(this.scratch, { recursive: true, force: true });
    for (const folder of [this.root, this.checkouts, this.scratch]) {
      await mkdir(folder, { recursive: true });
    }
    if (!(await exists(this.emptyPath()))) {
      await this.initialise(this.emptyPath());
    }
  }

  /** The folder of a repository that stands for every one that isn't there yet. */
  emptyPath(): string {
    return join(this.root, '.empty.git');
  }

  /** The folder of a repository, be it there or not. */
  pathOf(name: string): string {
    if (!NAME.test(name) || name.includes('..') || name.endsWith('.git')) {
      throw new InputError(
        'A repository is named with lower-case letters, digits, dots, hyphens and underscores, at most 100',
      );
    }
    return join(this.root, `${name}.git`);
  }

  async has(name: string): Promise<boolean> {
    return exists(this.pathOf(name));
  }

  async create(name: string): Promise<void> {
    await this.initialise(this.pathOf(name));
  }

  /** Removes a repository and the files of its main branch. */
  async remove(name: string): Promise<void> {
    const path = this.pathOf(name);
    if (!(await exists(path))) {
      throw new NotFoundError(`There is no repository ${name}`);
    }
    await rm(path, { recursive: true, force: true });
    await rm(join(this.checkouts, name), { recursive: true, force: true });
  }

  /** Whether anything was ever pushed to it. */
  async isEmpty(name: string): Promise<boolean> {
    const refs = await this.git(name, ['for-each-ref', '--count=1']);
    return refs.length === 0;
  }

  /** The commit of a branch, tag or commit. */
  async commitOf(name: string, ref: string): Promise<string> {
    if (!(await this.has(name))) {
      throw new NotFoundError(`There is no repository ${name}`);
    }
    if (!REF.test(ref) || ref.includes('..')) {
      throw new InputError(`'${ref.slice(0, 80)}' is no branch`);
    }
    try {
      const found = await this.git(name, [
        'rev-parse',
        '--verify',
        '--end-of-options',
        `${ref}^{commit}`,
      ]);
      return found.toString().trim();
    } catch {
      throw new NotFoundError(`There is no branch ${ref} in ${name}`);
    }
  }

  /** The bytes of a file at a commit. */
  async readFile(name: string, commit: string, path: string): Promise<Buffer> {
    try {
      return await this.git(name, ['cat-file', 'blob', `${commit}:${path}`]);
    } catch {
      throw new NotFoundError(`There is no file ${path} in ${name}`);
    }
  }

  /** The paths and sizes of all files below a folder at a commit. */
  async listFiles(
    name: string,
    commit: string,
    folder: string,
  ): Promise<Array<{ path: string; size: number }>> {
    const listed = await this.git(name, [
      ...['ls-tree', '-r', '-l', '-z', commit],
      ...(folder ? ['--', `${folder}/`] : []),
    ]);
    // each is "<mode> <type> <object> <size>", a tab, and the path
    return listed
      .toString()
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [about, ...path] = line.split('\t');
        return {
          path: path.join('\t'),
          size: Number(about.trim().split(/\s+/).at(-1)) || 0,
        };
      });
  }

  /** Brings the files of the main branch up to date, in one step: who reads them sees the old ones or the new ones. */
  async checkOut(name: string): Promise<void> {
    const commit = await this.commitOf(name, BRANCH).catch(() => undefined);
    if (commit === undefined) {
      return;
    }
    const fresh = join(this.scratch, randomUUID());
    const old = join(this.scratch, randomUUID());
    const target = join(this.checkouts, name);
    const index = join(this.scratch, `${randomUUID()}.index`);
    await mkdir(fresh, { recursive: true });
    try {
      await this.git(
        name,
        [`--work-tree=${fresh}`, 'checkout', '-f', commit, '--', '.'],
        { GIT_INDEX_FILE: index },
      );
      await rename(target, old).catch(() => {});
      await rename(fresh, target);
    } finally {
      await rm(fresh, { recursive: true, force: true });
      await rm(old, { recursive: true, force: true });
      await rm(index, { force: true });
    }
  }

  private async initialise(path: string): Promise<void> {
    const fresh = join(this.scratch, `${randomUUID()}.git`);
    await runGit([
      'init',
      '--quiet',
      '--bare',
      `--initial-branch=${BRANCH}`,
      fresh,
    ]);
    for (const [key, value] of [
      ['http.receivepack', 'true'],
      ['receive.denyDeleteCurrent', 'true'],
      ['receive.fsckObjects', 'true'],
    ]) {
      await runGit(['--git-dir', fresh, 'config', key, value]);
    }
    try {
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { recursive: true, force: true });
      // another push may have made it at the same moment
      if (!(await exists(path))) {
        throw error;
      }
    }
  }

  private async git(
    name: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<Buffer> {
    return runGit(['--git-dir', this.pathOf(name), ...args], { env });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
