import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
  resolveSafeChildPath,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ANONYMOUS } from '../git/gitCredentials';
import { remoteRefs } from '../git/remoteRefs';
import { checkOurs, removeRepository } from '../git/removeRepository';
import { Journal, JournalEntry } from '../journal/Journal';
import { MlflowRegistry } from '../mlflow/MlflowRegistry';
import { readMlflowTarget } from '../mlflow/readMlflowTarget';
import { refusalOf } from '../refusalOf';
import { Removal } from '../Removal';
import { isOnGithost } from '../repository/addressOf';
import { example } from './examples';

const ID = 'modelport:task:cleanup';

/** Removes what a task that failed has made outside of its workspace, and says what it could not remove. */
export function createTaskCleanupAction({
  auth,
  catalog,
  config,
  discovery,
  integrations,
}: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  integrations: ScmIntegrations;
}) {
  return createTemplateAction({
    id: ID,
    description:
      'Removes what this task made outside of its workspace, and only that: a registered model without versions, an experiment without runs, and a repository that was not there before and holds nothing but what was pushed, on the git host of the demo, GitHub, GitLab, Azure and Gitea. Says by name what is left, and why. Meant for a last step with `if: ${{ failure() }}`.',
    examples: [example('Clean up after a failure', ID, {})],
    schema: {
      output: {
        removed: z => z.array(z.string(), { description: 'What was removed' }),
        left: z =>
          z.array(z.string(), {
            description: 'What is left for a person to look at, and why',
          }),
      },
    },
    async handler(ctx) {
      const journal = new Journal(ctx.workspacePath);
      const removed: string[] = [];
      const left: string[] = [];
      for (const entry of await journal.read()) {
        const name = nameOf(entry);
        const credentials = await ctx.getInitiatorCredentials();
        const outcome = await remove(entry, ctx, credentials).catch(
          (error: Error): Removal => ({ kept: error.message }),
        );
        if (outcome === 'removed') {
          removed.push(name);
        } else if (outcome !== 'absent') {
          left.push(`${name}: ${outcome.kept}`);
        }
      }
      for (const name of left) {
        ctx.logger.warn(`Left where it is, for a person to look at: ${name}`);
      }
      await journal.clear();
      ctx.output('removed', removed);
      ctx.output('left', left);
    },
  });

  async function remove(
    entry: JournalEntry,
    { task, workspacePath }: { task: { id: string }; workspacePath: string },
    credentials: BackstageCredentials,
  ): Promise<Removal> {
    const target = readMlflowTarget(config);
    switch (entry.kind) {
      case 'model':
        return target
          ? new MlflowRegistry(target).removeModel(entry.name, task.id)
          : { kept: 'no MLflow is configured any more' };
      case 'experiment':
        return target
          ? new MlflowRegistry(target).removeExperiment(entry.name, task.id)
          : { kept: 'no MLflow is configured any more' };
      default: {
        const folder = resolveSafeChildPath(workspacePath, entry.source);
        // throws where somebody else's work is there, which is not ours to unregister either
        const outcome = isOnGithost(config, entry.url)
          ? await removeFromGithost(entry.url, folder)
          : await removeRepository(entry.url, folder, integrations, entry.made);
        await unregister(entry.url, credentials);
        return outcome;
      }
    }
  }

  /** Takes the locations of a repository out of the catalog. */
  async function unregister(
    url: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { items } = await catalog.getLocations({}, { credentials });
    const below = `${url.replace(/\.git$/, '')}/`;
    for (const { id, target } of items) {
      if (target.startsWith(below)) {
        await catalog.removeLocationById(id, { credentials });
      }
    }
  }

  async function removeFromGithost(
    url: string,
    folder: string,
  ): Promise<Removal> {
    await checkOurs(await remoteRefs(url, ANONYMOUS), folder);
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'modelport',
    });
    const base = await discovery.getBaseUrl('modelport');
    const name = url.split('/').at(-1);
    const answer = await fetch(`${base}/git/${name}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    if (answer.status === 404) {
      return 'absent';
    }
    if (!answer.ok) {
      throw await refusalOf(`The removal of ${url}`, answer);
    }
    return 'removed';
  }
}

function nameOf(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'model':
      return `the registered model ${entry.name}`;
    case 'experiment':
      return `the experiment ${entry.name}`;
    default:
      return `the repository ${entry.url}`;
  }
}
