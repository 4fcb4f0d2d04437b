import {
  resolveSafeChildPath,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { isOlderTemplate } from '@modelport/plugin-modelport-common';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z as zod } from 'zod';
import { cloneBranch } from '../git/cloneBranch';
import { gitCredentials } from '../git/gitCredentials';
import { proposeChange } from '../git/proposeChange';
import { readRecordedAnswers } from '../model/readAnswers';
import { templateValues } from '../model/templateValues';
import { renderLayers, Tree } from '../render/renderLayers';
import { gitAddress, readAddress } from '../repository/addressOf';
import {
  ANSWERS_FILE,
  layersOf,
  newModelTemplate,
  TEMPLATE_VERSION,
} from '../templates';
import { BASE_FILE, readTree, unpackTree } from '../update/baseTree';
import { mergeTrees } from '../update/mergeTrees';
import { recordFiles } from '../update/writeRecord';
import { example } from './examples';

const ID = 'modelport:template:update';
const LOCK_FILE = 'uv.lock';
/** The id of a source, and the ref of a person. */
const word = zod.string().regex(/^[^\s\p{C}]{1,200}$/u);
const record = zod.looseObject({
  template: zod.string(),
  version: zod.string(),
  values: zod.looseObject({ source: word, author: word.nullish() }),
});

/** Brings a repository to the newest version of its template, on a branch. */
export function createTemplateUpdateAction({
  config,
  integrations,
  render = renderNewest,
}: {
  config: RootConfigService;
  integrations: ScmIntegrations;
  /** Renders the newest template; tests give another. */
  render?: (values: Record<string, unknown>) => Promise<Tree>;
}) {
  return createTemplateAction({
    id: ID,
    description:
      'Brings a repository that came from a template to its newest version: renders it with the recorded answers, merges file by file with what the team changed, and pushes the result as a branch, and opens a pull request on GitHub, GitLab, Azure and Gitea. What both changed is marked in the file and listed.',
    supportsDryRun: true,
    examples: [
      example('Update a repository', ID, {
        remoteUrl: 'https://git.example.org/models/credit-risk',
      }),
    ],
    schema: {
      input: {
        remoteUrl: z =>
          z.string({ description: 'Address from which it can be cloned' }),
        defaultBranch: z =>
          z
            .string({ description: 'Branch that is updated; main if absent' })
            .optional(),
        token: z => z.string({ description: 'Token of who asks' }).optional(),
      },
      output: {
        from: z => z.string({ description: 'Version that it came from' }),
        to: z => z.string({ description: 'Newest version' }),
        branch: z =>
          z
            .string({ description: 'The pushed branch; absent if up to date' })
            .optional(),
        pullRequestUrl: z =>
          z
            .string({ description: 'The pull request, where it was opened' })
            .optional(),
        changed: z => z.array(z.string(), { description: 'Files that change' }),
        conflicts: z =>
          z.array(
            z.object({
              path: z.string({ description: 'The file' }),
              reason: z.string({ description: 'What a person decides' }),
            }),
            { description: 'What a person has to look at' },
          ),
      },
    },
    async handler(ctx) {
      const { defaultBranch = 'main', token } = ctx.input;
      const url = gitAddress(
        readAddress(ctx.input.remoteUrl, { config, integrations }),
        integrations,
      );
      const dir = resolveSafeChildPath(ctx.workspacePath, 'update');
      const auth = await gitCredentials(url, token, integrations);
      const { logger } = ctx;
      await cloneBranch({ url, dir, auth, logger, branch: defaultBranch });

      const { version, values } = await readRecord(dir);
      if (isOlderTemplate(TEMPLATE_VERSION, version)) {
        throw new InputError(
          `${url} came from version ${version} of the template, which is newer than ${TEMPLATE_VERSION} here: the portal has to be updated first`,
        );
      }
      const base = await unpackTree(
        await readFile(resolveSafeChildPath(dir, BASE_FILE)).catch(() => {
          throw new InputError(
            `${url} has no ${BASE_FILE}: it can't be told what its team changed`,
          );
        }),
      );
      const newest = templateValues(
        readRecordedAnswers(values),
        values.source,
        values.author ?? null,
      );
      const next = await render(newest);
      // of a repository with its data in it, nothing but what a template may change
      const current = await readTree(
        dir,
        path => base.has(path) || next.has(path) || path === LOCK_FILE,
      );
      const { changes, conflicts } = mergeTrees(base, current, next);
      ctx.output('from', version);
      ctx.output('to', TEMPLATE_VERSION);
      ctx.output('changed', [...changes.keys()]);
      ctx.output(
        'conflicts',
        conflicts.map(({ path, reason }) => ({ path, reason })),
      );
      for (const { path, reason } of conflicts) {
        logger.warn(`${path}: ${reason}`);
      }
      // without any change, an older version is recorded anew all the same: else it is outdated for ever
      const isCurrent = changes.size === 0 && version === TEMPLATE_VERSION;
      if (isCurrent || ctx.isDryRun) {
        logger.info(
          isCurrent
            ? `${url} is up to date with ${TEMPLATE_VERSION}`
            : `Would change ${changes.size} files of ${url}`,
        );
        return;
      }
      const branch = `modelport/template-${TEMPLATE_VERSION}`;
      const address = await proposeChange(
        ctx,
        {
          ...{ url, dir, auth, branch, into: defaultBranch },
          title: `Update from template ${version} to ${TEMPLATE_VERSION}`,
          body: bodyOf(current, [...changes.keys()], conflicts),
          files: new Map([
            ...changes,
            ...(await recordFiles({
              template: 'template:default/new-ml-model',
              values: newest,
              tree: next,
            })),
          ]),
        },
        integrations,
      );
      ctx.output('branch', branch);
      if (address !== undefined) {
        ctx.output('pullRequestUrl', address);
      }
    },
  });
}

/** What people read first: what both sides changed, and so is marked in the files. */
function bodyOf(
  current: Tree,
  changed: readonly string[],
  conflicts: ReadonlyArray<{ path: string; reason: string }>,
): string {
  const decide = conflicts.map(
    ({ path, reason }) => `- \`${path}\`: ${reason}`,
  );
  return [
    ...(decide.length > 0 ? ['To decide:', ...decide, ''] : []),
    changed.length === 0
      ? 'Changes only from which version the repository came.'
      : `Changes ${changed.length} files.`,
    ...(current.has(LOCK_FILE) && changed.includes('pyproject.toml')
      ? ['', '`uv.lock` is of before: run `uv lock` on the branch.']
      : []),
  ].join('\n');
}

function renderNewest(values: Record<string, unknown>): Promise<Tree> {
  return renderLayers(newModelTemplate(), layersOf(values), values);
}

async function readRecord(dir: string) {
  const file = resolveSafeChildPath(dir, ANSWERS_FILE);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new InputError(
      `There is no ${ANSWERS_FILE}: the repository came from no template`,
    );
  });
  try {
    return record.parse(parse(text, { maxAliasCount: 0 }));
  } catch (error) {
    throw new InputError(
      `${ANSWERS_FILE} is not what the template wrote; bring it back from the repository's history`,
      error,
    );
  }
}
