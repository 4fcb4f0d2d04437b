import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv } from '../stack/ensureVenv.ts';
import { temporaryFolder } from '../stack/paths.ts';
import { runProcess } from '../stack/startProcess.ts';

const SYNC_MS = 900_000;
const CHECK_MS = 600_000;
/** Groups whose packages the code imports; what tools run apart has no part in the types of the rest. */
const GROUPS = ['kafka', 'sagemaker'];

/** Locks what each repository needs, and looks whether the lock is one. */
export async function checkLocks(repositories: string[]): Promise<void> {
  const uv = join((await ensureVenv('uv')).bin, 'uv');
  for (const cwd of repositories) {
    await runUv(uv, cwd, ['lock', '--quiet']);
    await runUv(uv, cwd, ['lock', '--quiet', '--check']);
  }
}

/**
 * Checks the types of each repository with the packages of its framework. They are brought once a framework, into an
 * environment that all of its repositories share.
 */
export async function checkTypes(repositories: string[]): Promise<void> {
  const uv = join((await ensureVenv('uv')).bin, 'uv');
  const byFramework = new Map<string, string[]>();
  for (const repository of repositories) {
    const project = readFileSync(join(repository, 'pyproject.toml'), 'utf8');
    const framework =
      /"(xgboost|lightgbm|torch|tensorflow)/.exec(project)?.[1] ?? 'sklearn';
    const others = byFramework.get(framework) ?? [];
    byFramework.set(framework, [...others, repository]);
  }
  for (const same of byFramework.values()) {
    const environment = temporaryFolder('types');
    try {
      for (const cwd of same) {
        const project = readFileSync(join(cwd, 'pyproject.toml'), 'utf8');
        const groups = GROUPS.filter(group =>
          new RegExp(`^${group} = `, 'm').test(project),
        );
        await runUv(
          uv,
          cwd,
          [
            ...['sync', '--quiet', '--inexact'],
            ...groups.flatMap(group => ['--group', group]),
          ],
          { UV_PROJECT_ENVIRONMENT: environment },
          SYNC_MS,
        );
        await runProcess({
          name: 'template-types',
          command: join(environment, 'bin/mypy'),
          args: ['--cache-dir', join(environment, 'mypy')],
          cwd,
          deadlineMs: CHECK_MS,
        });
      }
    } finally {
      rmSync(environment, { recursive: true, force: true });
    }
  }
}

async function runUv(
  uv: string,
  cwd: string,
  args: string[],
  env: Record<string, string> = {},
  deadlineMs = CHECK_MS,
): Promise<void> {
  await runProcess({
    name: 'template-uv',
    command: uv,
    args,
    cwd,
    env: { VIRTUAL_ENV: undefined, ...env },
    deadlineMs,
  });
}
