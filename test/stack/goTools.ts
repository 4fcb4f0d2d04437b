import { existsSync } from 'node:fs';
import { cp, chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { dataFolder } from './paths.ts';
import { runProcess } from './startProcess.ts';

const BUILD_MS = 1_200_000;
/** A git host; its pages' templates lie in its module. */
const GITEA = 'code.gitea.io/gitea@v1.26.0';
/** By exact versions, since proxies do not tell the latest of all. */
const INSTALLED = {
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0',
};
/** Their modules have replacements, with which Go installs nothing from afar: built in a copy. */
const BUILT = {
  tofu: {
    module: 'github.com/opentofu/opentofu@v1.10.6',
    args: ['./cmd/tofu'],
  },
  gitea: {
    module: GITEA,
    args: ['-tags', 'sqlite sqlite_unlock_notify', '.'],
  },
};
export const KSERVE = 'github.com/kserve/kserve@v0.16.0';

export type GoTool = keyof typeof INSTALLED | keyof typeof BUILT;

/** Whether there is a Go with which the tools can be built. */
export function hasGo(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A checker that is written in Go, built once and kept in `.data/go`. */
export async function ensureGoTool(tool: GoTool): Promise<string> {
  const bin = dataFolder('go', 'bin');
  const file = join(bin, tool);
  if (existsSync(file)) {
    return file;
  }
  if (tool === 'tofu' || tool === 'gitea') {
    const { module, args } = BUILT[tool];
    const source = dataFolder('go', tool);
    await cp(await goModule(module), source, { recursive: true });
    await makeWritable(source);
    await go(['build', '-p', '2', '-o', file, ...args], source);
  } else {
    await go(['install', '-p', '2', INSTALLED[tool]], bin, { GOBIN: bin });
  }
  return file;
}

/** The folder of a module in Go's cache. */
export async function goModule(module: string): Promise<string> {
  const cache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' });
  const folder = join(cache.trim(), module);
  if (!existsSync(folder)) {
    await go(['mod', 'download', module], dataFolder('go'));
  }
  return folder;
}

async function go(
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<void> {
  const deadlineMs = BUILD_MS;
  await runProcess({ name: 'go', command: 'go', args, cwd, env, deadlineMs });
}

/** Go's cache is read-only, and so is what is copied from it. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? makeWritable(path) : chmod(path, 0o644));
  }
}
