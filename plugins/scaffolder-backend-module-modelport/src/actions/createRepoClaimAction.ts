import { RootConfigService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { findRepository, forgeOf } from '../git/forgeOf';
import { gitCredentials } from '../git/gitCredentials';
import { Journal } from '../journal/Journal';
import { readAddress } from '../repository/addressOf';
import { example } from './examples';

const ID = 'modelport:repo:claim';

/** Makes sure, before one of Backstage's own actions publishes, that cleaning up knows of what it makes. */
export function createRepoClaimAction({
  config,
  integrations,
}: {
  config: RootConfigService;
  integrations: ScmIntegrations;
}) {
  return createTemplateAction({
    id: ID,
    description:
      'Checks that there is no repository yet at an address on GitHub, GitLab, Azure or Gitea, and notes for modelport:task:cleanup that this task is about to make it. Meant for the step before publish:github, publish:gitlab, publish:azure or publish:gitea.',
    supportsDryRun: true,
    examples: [
      example('Before publish:github', ID, {
        remoteUrl: 'https://github.com/acme/credit-risk',
        sourcePath: 'repository',
      }),
    ],
    schema: {
      input: {
        remoteUrl: z =>
          z.string({ description: 'Address from which it will be cloned' }),
        sourcePath: z =>
          z
            .string({
              description:
                'Folder of the workspace that is published; all of it if absent',
            })
            .optional(),
      },
    },
    async handler(ctx) {
      const { sourcePath: source = '.' } = ctx.input;
      const url = readAddress(ctx.input.remoteUrl, { config, integrations });
      const auth = await gitCredentials(url, undefined, integrations);
      const forge = forgeOf(url, auth, integrations);
      const look = async () => {
        if (forge && (await findRepository(forge)) !== undefined) {
          throw new ConflictError(
            `There is a repository at ${url} already; nothing was made. Choose another name, or remove that repository`,
          );
        }
        return true;
      };
      if (ctx.isDryRun) {
        await look();
        return;
      }
      // a task that is tried again finds what it made itself
      await ctx.checkpoint({ key: `free.${url}`, fn: look });
      await new Journal(ctx.workspacePath).add({
        kind: 'repository',
        url,
        source,
        made: true,
      });
    },
  });
}
