import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake } from './Mistake.mjs';
import { recall, remember } from './memory.mjs';
import { ROOT } from './paths.mjs';
import { runCommand } from './runCommand.mjs';
import { toolchainVersions } from './toolchain.mjs';

/** Installs the dependencies, unless nothing changed since that last worked. */
export async function setup() {
  const wanted = fingerprint();
  if (recall('installed') === wanted && existsSync(installedMark())) {
    return;
  }
  process.stdout.write('Installing the dependencies of Modelport ...\n');
  const code = await runCommand('yarn', ['install', '--immutable']);
  if (code !== 0) {
    throw new Mistake(
      'The dependencies could not be installed; what Yarn says stands above. Running it again goes on where it stopped.',
    );
  }
  remember('installed', wanted);
}

/** Yarn writes it last. */
function installedMark() {
  return join(ROOT, 'node_modules', '.yarn-state.yml');
}

/** Changes with everything that an installation depends on. */
function fingerprint() {
  const hash = createHash('sha256').update(toolchainVersions());
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(ROOT, folder))
      .sort()
      .map(name => join(folder, name, 'package.json')),
  );
  for (const path of [
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    'test/package.json',
    ...manifests,
  ]) {
    const file = join(ROOT, path);
    hash.update(path);
    hash.update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
}
