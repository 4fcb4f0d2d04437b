import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { DATA, ROOT } from './paths.ts';
import { runProcess } from './startProcess.ts';

const FOLDER = join(DATA, 'production');
const ENTRY = 'packages/backend/dist/index.cjs.js';

/**
 * Builds the portal for production, as for a container image, and unpacks it below `.data`, where it finds Backstage's
 * packages in the repository's `node_modules` and ours in the build.
 */
export async function buildProduction(): Promise<void> {
  const yarn = async (name: string, args: string[]) =>
    await runProcess({
      name,
      command: 'yarn',
      args,
      cwd: ROOT,
      env: { NODE_ENV: undefined },
      deadlineMs: 600_000,
    });
  await yarn('production-types', ['tsc']);
  await yarn('production-build', ['workspace', 'backend', 'build']);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await runProcess({
    name: 'production-unpack',
    command: 'tar',
    args: [
      ...['xzf', join(ROOT, 'packages/backend/dist/bundle.tar.gz')],
      ...['-C', FOLDER],
    ],
    deadlineMs: 120_000,
  });
  for (const parent of ['plugins', 'packages']) {
    for (const name of readdirSync(join(FOLDER, parent))) {
      link(join(FOLDER, parent, name));
    }
  }
}

/** The start of the built backend without the packages whose name has one of the parts, such as `catalog-backend`. */
export function productionEntry(options: { without: string[] }): string {
  const code = readFileSync(join(FOLDER, ENTRY), 'utf8');
  const entry = join(
    FOLDER,
    'packages/backend/dist',
    `without-${options.without.join('-').replace(/[^a-z-]/g, '-')}.cjs.js`,
  );
  const isLeftOut = (statement: string) =>
    options.without.some(part => statement.includes(part));
  writeFileSync(
    entry,
    code.replace(/backend\.add\(\s*import\([^)]*\)\s*\);\n/g, statement =>
      isLeftOut(statement) ? '' : statement,
    ),
  );
  return entry;
}

function link(target: string): void {
  const { name } = JSON.parse(
    readFileSync(join(target, 'package.json'), 'utf8'),
  );
  const place = join(FOLDER, 'node_modules', name);
  mkdirSync(join(place, '..'), { recursive: true });
  symlinkSync(relative(join(place, '..'), target), place);
}
