import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  ActionContext,
  addFiles,
  commitAndPushBranch,
  removeFiles,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GitCredentials } from './gitCredentials';
import { openPullRequest, PullRequest } from './openPullRequest';
import { remoteRefs } from './remoteRefs';
import { withDeadline } from './withDeadline';

/** A change to a cloned repository. */
export interface Change extends PullRequest {
  url: string;
  /** The clone. */
  dir: string;
  auth: GitCredentials;
  /** Content by path; null where a file goes. */
  files: ReadonlyMap<string, string | Buffer | null>;
}

/**
 * Pushes a change as a branch of its own, and opens a pull request where the host's API is known. A task that is tried
 * again pushes once.
 *
 * @returns the pull request's address; undefined where a person opens it
 * @throws `ConflictError` where there is such a branch; `ServiceUnavailableError` that says what was pushed
 */
export async function proposeChange(
  ctx: Pick<ActionContext<JsonObject, JsonObject>, 'checkpoint' | 'logger'>,
  change: Change,
  integrations: ScmIntegrations,
): Promise<string | undefined> {
  const { url, dir, auth, branch, title, files } = change;
  const { logger } = ctx;
  await ctx.checkpoint({
    key: `push.${url}`,
    fn: async () => {
      const refs = await remoteRefs(url, auth);
      if (refs?.has(`refs/heads/${branch}`)) {
        throw new ConflictError(
          `There is a branch ${branch} at ${url} already; nothing was pushed. Merge or remove it, and ask again`,
        );
      }
      for (const [path, content] of files) {
        const file = resolveSafeChildPath(dir, path);
        if (content === null) {
          await rm(file, { force: true });
          await removeFiles({ dir, auth, logger, filepath: path });
        } else {
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, content);
          await addFiles({ dir, auth, logger, filepath: path });
        }
      }
      // checking the branch out first, as commitAndPushRepo does, would bring back what was removed
      await withDeadline(
        `The push to ${url}`,
        commitAndPushBranch({
          ...{ dir, auth, logger, branch, commitMessage: title },
        }),
      );
      return branch;
    },
  });
  const address = await ctx.checkpoint({
    key: `pullRequest.${url}`,
    fn: async () => {
      try {
        return (await openPullRequest(url, auth, integrations, change)) ?? '';
      } catch (error) {
        throw new ServiceUnavailableError(
          `The branch ${branch} was pushed to ${url}, but no pull request could be opened for it. Open it there, or try the task again`,
          error,
        );
      }
    },
  });
  return address || undefined;
}
