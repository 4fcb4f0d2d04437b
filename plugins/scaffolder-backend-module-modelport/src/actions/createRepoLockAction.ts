import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { example } from './examples';

const ID = 'modelport:repo:lock';
const LOCK_MS = 120_000;
const FILE = 'uv.lock';
/** What uv may know of the portal: where packages come from, and nothing secret. */
const KNOWN =
  /^(?:PATH|HOME|TMPDIR|LANG|LC_ALL|SSL_CERT_(?:FILE|DIR)|(?:https?|all|no)_proxy|UV_(?!.*(?:TOKEN|PASSWORD|USERNAME)).*)$/i;
const run = promisify(execFile);

/** Locks the dependencies of a Python repository, where uv is on the path. */
export function createRepoLockAction({
  command = 'uv',
  ms = LOCK_MS,
}: {
  /** The program; tests give another. */
  command?: string;
  ms?: number;
} = {}) {
  return createTemplateAction({
    id: ID,
    description:
      'Writes uv.lock of a repository by `uv lock`, where uv is on the path of the portal. Where it is not, or the packages can not be had, the first run of CI locks them.',
    supportsDryRun: true,
    examples: [
      example('Lock what a repository needs', ID, { sourcePath: 'repository' }),
    ],
    schema: {
      input: {
        sourcePath: z =>
          z
            .string({
              description: 'Folder of the workspace; all of it if absent',
            })
            .optional(),
      },
      output: {
        locked: z => z.boolean({ description: 'Whether uv.lock was written' }),
      },
    },
    async handler(ctx) {
      const dir = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.sourcePath ?? '.',
      );
      if (ctx.isDryRun) {
        ctx.output('locked', false);
        return;
      }
      try {
        await run(command, ['lock', '--quiet'], {
          cwd: dir,
          timeout: ms,
          env: environment(),
        });
        ctx.output('locked', true);
      } catch (error) {
        const why =
          isError(error) && error.code === 'ENOENT'
            ? 'The portal has no uv'
            : `uv could not lock the dependencies: ${reasonOf(error)}`;
        // what was broken off would be taken for whole
        await rm(resolveSafeChildPath(dir, FILE), { force: true });
        ctx.logger.info(`${why}. The first run of CI locks them.`);
        ctx.output('locked', false);
      }
    },
  });
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(
      Object.entries(process.env).filter(([name]) => KNOWN.test(name)),
    ),
    UV_PYTHON_DOWNLOADS: 'never',
  };
}

function reasonOf(error: unknown): string {
  const said = isError(error) ? error.stderr ?? error.message : error;
  return String(said).trim().split('\n').slice(-3).join(' ').slice(0, 500);
}
