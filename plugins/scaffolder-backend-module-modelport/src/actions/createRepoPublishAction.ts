import {
  resolveSafeChildPath,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  createTemplateAction,
  initRepoAndPush,
} from '@backstage/plugin-scaffolder-node';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { gitCredentials } from '../git/gitCredentials';
import { remoteRefs } from '../git/remoteRefs';
import { GIT_MS, withDeadline } from '../git/withDeadline';
import { Journal } from '../journal/Journal';
import { fileAddress, gitAddress, readAddress } from '../repository/addressOf';
import { example } from './examples';

const ID = 'modelport:repo:publish';
const AUTHOR = { name: 'Modelport', email: 'modelport@users.noreply.invalid' };

/** Pushes a folder of the workspace as the first commit of a repository, on any git host. */
export function createRepoPublishAction({
  config,
  integrations,
  ms = GIT_MS,
}: {
  config: RootConfigService;
  integrations: ScmIntegrations;
  /** How long a push may take. */
  ms?: number;
}) {
  return createTemplateAction({
    id: ID,
    description:
      "Pushes a folder of the workspace as the first commit of a repository, on any git host that speaks git's HTTP protocol. The repository has to be empty, or not there on a host that makes it with the first push.",
    supportsDryRun: true,
    examples: [
      example('Push to a git host', ID, {
        remoteUrl: 'https://git.example.org/models/credit-risk',
        sourcePath: 'repository',
      }),
    ],
    schema: {
      input: {
        remoteUrl: z =>
          z.string({ description: 'Address from which it can be cloned' }),
        sourcePath: z =>
          z
            .string({
              description: 'Folder of the workspace; all of it if absent',
            })
            .optional(),
        defaultBranch: z =>
          z
            .string({ description: 'Name of the branch; main if absent' })
            .optional(),
        commitMessage: z =>
          z
            .string({
              description:
                'Message of the commit; a line that names the task follows it',
            })
            .optional(),
        token: z =>
          z
            .string({
              description:
                "Token of who asks, such as ${{ secrets.USER_OAUTH_TOKEN }}; else the integration's for the host",
            })
            .optional(),
      },
      output: {
        remoteUrl: z => z.string({ description: 'Address to clone from' }),
        repoContentsUrl: z =>
          z.string({ description: 'Address of the files of the branch' }),
        catalogInfoUrl: z =>
          z.string({ description: 'Address of catalog-info.yaml' }),
        commitHash: z => z.string({ description: 'The first commit' }),
      },
    },
    async handler(ctx) {
      const { defaultBranch: branch = 'main', token } = ctx.input;
      const url = readAddress(ctx.input.remoteUrl, { config, integrations });
      const dir = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.sourcePath ?? '.',
      );
      const address = (path: string) =>
        fileAddress(url, branch, path, integrations.byUrl(url)?.type);
      ctx.output('remoteUrl', url);
      ctx.output('catalogInfoUrl', address('catalog-info.yaml'));
      ctx.output('repoContentsUrl', address(''));
      if (ctx.isDryRun) {
        ctx.logger.info(`Would push to ${url}`);
        ctx.output('commitHash', '0'.repeat(40));
        return;
      }
      const remote = gitAddress(url, integrations);
      const auth = await gitCredentials(url, token, integrations);

      const note = async (made: boolean) =>
        new Journal(ctx.workspacePath).add({
          ...{ url, made, source: ctx.input.sourcePath ?? '.' },
          kind: 'repository',
        });

      const push = async () => {
        const refs = await remoteRefs(remote, auth);
        if (refs && refs.size > 0) {
          throw new ConflictError(
            `There is something at ${url} already; nothing was pushed. Choose another name, or empty that repository`,
          );
        }
        // A try that was broken off may have left its own.
        await rm(resolveSafeChildPath(dir, '.git'), {
          recursive: true,
          force: true,
        });
        await note(refs === undefined);
        try {
          const pushing = initRepoAndPush({
            ...{ dir, remoteUrl: remote, auth, logger: ctx.logger },
            defaultBranch: branch,
            // two tasks with the same answers and clock made the same commit, each of which was the other's own
            commitMessage: `${
              ctx.input.commitMessage ?? 'Begin from template'
            }\n\nTask: ${ctx.task.id}`,
            gitAuthorInfo: author(config),
          });
          const pushed = await withDeadline(`The push to ${url}`, pushing, ms);
          return pushed.commitHash;
        } catch (error) {
          if (isError(error) && error.message.includes('not-fast-forward')) {
            throw new ConflictError(
              `Somebody else began a repository at ${url} at the same moment; nothing of this task is in it. Choose another name`,
            );
          }
          throw new ServiceUnavailableError(
            `The push to ${url} failed. Whether anything of it arrived is checked by modelport:task:cleanup`,
            error,
          );
        }
      };

      /** What was pushed when the task was tried before counts as long as it is there: cleaning up removes it. */
      const pushOnce = async (round = 1): Promise<string> => {
        let isFresh = false;
        const commit = await ctx.checkpoint({
          key: round === 1 ? `push.${url}` : `push.${url}.${round}`,
          fn: async () => {
            isFresh = true;
            return push();
          },
        });
        if (isFresh) {
          return commit;
        }
        const refs = await remoteRefs(remote, auth);
        if (![...(refs?.values() ?? [])].includes(commit)) {
          return pushOnce(round + 1);
        }
        // as the push left it, for cleaning up to know it as this task's
        await mkdir(resolveSafeChildPath(dir, '.git'), { recursive: true });
        await writeFile(resolveSafeChildPath(dir, '.git/HEAD'), `${commit}\n`);
        await note(false);
        return commit;
      };

      const commitHash = await pushOnce();
      ctx.logger.info(`Pushed ${commitHash.slice(0, 10)} to ${url}`);
      ctx.output('commitHash', commitHash);
    },
  });
}

function author(config: RootConfigService): { name: string; email: string } {
  const given = (key: string) =>
    config.getOptionalString(`scaffolder.defaultAuthor.${key}`);
  return {
    name: given('name') ?? AUTHOR.name,
    email: given('email') ?? AUTHOR.email,
  };
}
