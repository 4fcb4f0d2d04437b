import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { cloneRepo } from '@backstage/plugin-scaffolder-node';
import { readdir, rm } from 'node:fs/promises';
import { withDeadline } from './withDeadline';

/** Reasons of git that a person can do something about, by how it says them. */
const REASONS: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /HTTP Error: 40[13]/,
    'the host does not let the portal in. Configure an integration for it, or give the step a token',
  ],
  [
    /HTTP Error: 404/,
    'there is no such repository, or the portal may not see it',
  ],
  // git quotes what it got instead, which may be of a host that only the portal reaches
  [/smart" HTTP protocol|but received/, 'what answers there is no git host'],
];

/**
 * Clones a branch of a repository into a folder, which is emptied first.
 *
 * @throws `InputError` where there is no such repository or branch, or nothing in it; `ServiceUnavailableError` where the
 *   host fails
 */
export async function cloneBranch(
  options: Pick<
    Parameters<typeof cloneRepo>[0],
    'url' | 'dir' | 'auth' | 'logger'
  > & { branch: string },
): Promise<void> {
  const { branch: ref, ...rest } = options;
  const { url, dir } = rest;
  await rm(dir, { recursive: true, force: true });
  try {
    await withDeadline(`The clone of ${url}`, cloneRepo({ ...rest, ref }));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (said.includes(`Could not find ${ref}`)) {
      throw new InputError(`${url} has no branch ${ref}: name another branch`);
    }
    const [, reason] = REASONS.find(([words]) => words.test(said)) ?? [];
    if (reason !== undefined) {
      throw new InputError(`${url} can't be cloned: ${reason}`);
    }
    throw new ServiceUnavailableError(`${url} can't be cloned: ${said}`);
  }
  // where the host breaks off before it named a branch, git finds that there is none
  const found = await readdir(dir).catch(() => []);
  if (found.every(name => name === '.git')) {
    throw new InputError(
      `${url} gave no files of ${ref}: the repository is empty, or its host broke off`,
    );
  }
}
