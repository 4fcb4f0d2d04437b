import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction } from '../__testUtils__/runAction';
import { createRepoLockAction } from './createRepoLockAction';

/** A program in place of uv. */
function program(script: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'uv-')), 'uv');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const lock = (command: string, ms?: number) =>
  createRepoLockAction({ command, ms });

describe('modelport:repo:lock', () => {
  it('runs uv in the repository, which learns no secrets', async () => {
    process.env.SECRET_OF_PORTAL = 'hidden';
    process.env.UV_INDEX_INTERNAL_PASSWORD = 'hidden';
    const command = program('{ echo "$@"; env; } > uv.lock');
    const { output, workspacePath } = await runAction(lock(command), {});
    expect(output).toEqual({ locked: true });
    const written = readFileSync(join(workspacePath, 'uv.lock'), 'utf8');
    expect(written).toMatch(/^lock --quiet\n/);
    expect(written).toContain('UV_PYTHON_DOWNLOADS=never');
    expect(written).not.toContain('hidden');
    delete process.env.SECRET_OF_PORTAL;
    delete process.env.UV_INDEX_INTERNAL_PASSWORD;
  });

  it.each([
    ['there is no uv', () => '/nowhere/uv', undefined],
    ['uv fails', () => program('echo half > uv.lock; exit 2'), undefined],
    [
      'uv takes too long',
      () => program('echo half > uv.lock; exec sleep 9'),
      200,
    ],
  ])('leaves it to CI where %s', async (_, command, ms) => {
    const { output, workspacePath } = await runAction(lock(command(), ms), {});
    expect(output).toEqual({ locked: false });
    expect(existsSync(join(workspacePath, 'uv.lock'))).toBe(false);
  });

  it('stays in the workspace, and makes nothing in a dry run', async () => {
    const command = program('touch uv.lock');
    await expect(
      runAction(lock(command), { sourcePath: '..' }),
    ).rejects.toThrow();
    const { output, workspacePath } = await runAction(
      lock(command),
      {},
      { isDryRun: true },
    );
    expect(output).toEqual({ locked: false });
    expect(existsSync(join(workspacePath, 'uv.lock'))).toBe(false);
  });
});
