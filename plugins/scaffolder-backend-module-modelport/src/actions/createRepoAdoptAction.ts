import {
  resolveSafeChildPath,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cloneBranch } from '../git/cloneBranch';
import { gitCredentials } from '../git/gitCredentials';
import { proposeChange } from '../git/proposeChange';
import { readMlflowTarget } from '../mlflow/readMlflowTarget';
import { checkEntities } from '../model/checkEntities';
import { readAnswers } from '../model/readAnswers';
import { readRegisteredName } from '../model/registeredName';
import { asMarkdown, oneLine } from '../model/text';
import { gitAddress, readAddress } from '../repository/addressOf';
import { adoptRepository } from '../repository/adoptRepository';
import { checkRepository } from '../repository/checkRepository';
import { example } from './examples';

const ID = 'modelport:repo:adopt';
const BRANCH = 'modelport/adopt';

/** Adds what a repository lacks to be known to the portal, as a branch and where possible a pull request. */
export function createRepoAdoptAction(deps: {
  catalog: CatalogService;
  config: RootConfigService;
  integrations: ScmIntegrations;
}) {
  const { catalog, config, integrations } = deps;
  return createTemplateAction({
    id: ID,
    description:
      'Checks a repository that exists, writes what it lacks to be known to the portal (modelport.yaml, catalog-info.yaml, a card, a workflow), pushes it as a branch, and opens a pull request on GitHub, GitLab, Azure and Gitea. Nothing that is there is changed.',
    supportsDryRun: true,
    examples: [
      example('Adopt a repository', ID, {
        remoteUrl: 'https://git.example.org/models/credit-risk',
        answers: {
          name: 'credit-risk',
          owner: 'group:default/risk-analytics',
          task: 'binary',
          framework: 'xgboost',
        },
      }),
    ],
    schema: {
      input: {
        remoteUrl: z =>
          z.string({ description: 'Address from which it can be cloned' }),
        answers: z =>
          z.record(z.any(), {
            description: 'Name, owner, task and framework of its model',
          }),
        defaultBranch: z =>
          z
            .string({ description: 'Branch it goes into; main if absent' })
            .optional(),
        token: z => z.string({ description: 'Token of who asks' }).optional(),
      },
      output: {
        added: z => z.array(z.string(), { description: 'Files it adds' }),
        left: z =>
          z.array(z.string(), { description: 'What its team has to mend' }),
        branch: z =>
          z
            .string({ description: 'The pushed branch; absent if none' })
            .optional(),
        pullRequestUrl: z =>
          z
            .string({ description: 'The pull request, where it was opened' })
            .optional(),
      },
    },
    async handler(ctx) {
      const { defaultBranch = 'main', token } = ctx.input;
      const url = gitAddress(
        readAddress(ctx.input.remoteUrl, { config, integrations }),
        integrations,
      );
      const { logger } = ctx;
      const source =
        readMlflowTarget(config)?.source ??
        config.getOptionalString('modelport.scaffolder.source') ??
        'repositories';
      const answers = readAnswers(ctx.input.answers);
      const about = aboutModel(answers, source);
      const credentials = await ctx.getInitiatorCredentials();
      await checkEntities(answers, catalog, credentials);
      const dir = resolveSafeChildPath(ctx.workspacePath, 'adopted');
      const auth = await gitCredentials(url, token, integrations);
      await cloneBranch({ url, dir, auth, logger, branch: defaultBranch });

      const before = await checkRepository(dir);
      const host = integrations.byUrl(url)?.type;
      const files = adoptRepository(about, before.findings, host);
      for (const [path, content] of files) {
        // a link counts as not there, and writing would change what it leads to
        if (await isThere(join(dir, path))) {
          files.delete(path);
          continue;
        }
        const file = resolveSafeChildPath(dir, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
      const { findings } = await checkRepository(dir);
      const left = findings.map(
        ({ file, message, fix }) => `${file}: ${message}. ${fix}`,
      );
      ctx.output('added', [...files.keys()]);
      ctx.output('left', left);
      if (files.size === 0 || ctx.isDryRun) {
        logger.info(`${files.size} files would be added to ${url}`);
        return;
      }
      const address = await proposeChange(
        ctx,
        {
          ...{ url, dir, auth, branch: BRANCH, into: defaultBranch },
          title: 'Make the model known to the portal',
          body: [
            `Adds ${[...files.keys()].join(', ')}. Nothing else changes.`,
            ...(left.length > 0 ? ['', 'Left to its team:', ''] : []),
            ...left.map(each => `- ${each}`),
          ].join('\n'),
          files,
        },
        integrations,
      );
      ctx.output('branch', BRANCH);
      if (address !== undefined) {
        ctx.output('pullRequestUrl', address);
      }
    },
  });
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function aboutModel(answers: ReturnType<typeof readAnswers>, source: string) {
  const named = readRegisteredName(answers.name);
  const description =
    oneLine(answers.description ?? '') || `The model ${answers.name}.`;
  const purpose = oneLine(answers.purpose ?? '') || description;
  return {
    ...named,
    description,
    owner: answers.owner,
    task: answers.task,
    framework: answers.framework,
    riskTier: answers.riskTier,
    source,
    system: answers.system ?? null,
    markdown: {
      title: asMarkdown(named.title),
      description: asMarkdown(description),
      purpose: asMarkdown(purpose),
    },
  };
}
