import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { runProcess } from './startProcess.ts';

/** Builds and packs every package that is published, as a release does; gives the tarball of each by its name. */
export async function packPlugins(
  folder: string,
): Promise<Map<string, string>> {
  const yarn = async (name: string, args: string[]) =>
    await runProcess({
      name,
      command: 'yarn',
      args,
      cwd: ROOT,
      env: { NODE_ENV: undefined },
      deadlineMs: 300_000,
    });
  await yarn('pack-types', ['tsc']);
  await yarn('pack-build', ['backstage-cli', 'repo', 'build']);
  await yarn('pack', [
    ...['workspaces', 'foreach', '--all', '--no-private'],
    ...['pack', '--out', join(folder, '%s.tgz')],
  ]);
  const packed = new Set(readdirSync(folder));
  return new Map(
    publishedNames().map(name => {
      const file = `${name.replace('/', '-')}.tgz`;
      if (!packed.has(file)) {
        throw new Error(`${name} was not packed into ${folder}`);
      }
      return [name, join(folder, file)];
    }),
  );
}

function publishedNames(): string[] {
  return readdirSync(join(ROOT, 'plugins'))
    .map(name =>
      JSON.parse(
        readFileSync(join(ROOT, 'plugins', name, 'package.json'), 'utf8'),
      ),
    )
    .filter(manifest => !manifest.private)
    .map(manifest => manifest.name);
}
