import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Mistake } from './Mistake.mjs';
import { recall, remember } from './memory.mjs';
import { runCommand } from './runCommand.mjs';

const NODE_VERSION = '24.21.0';
const YARN_VERSION = '4.13.0';

/** How npm brings Node and Yarn to a machine that has others; what comes after it runs on those. */
const NPX = [
  '--yes',
  '--package',
  `node@${NODE_VERSION}`,
  '--package',
  `@yarnpkg/cli-dist@${YARN_VERSION}`,
  '--',
];

/** Set where this script already runs again, so that it never does so twice. */
const AGAIN = 'MODELPORT_TOOLCHAIN';

/** The versions on which this script runs, as part of what an installation depends on. */
export function toolchainVersions() {
  return `node ${process.version.split('.')[0]} yarn ${
    YARN_VERSION.split('.')[0]
  }`;
}

/**
 * Runs a script again on Node 24 and Yarn 4 where this is another Node, or Yarn is not at hand.
 *
 * @returns the exit code of that run; undefined where it isn't needed.
 */
export async function runAgainOnToolchain(args) {
  if (process.env[AGAIN] || isSuitable()) {
    return undefined;
  }
  const folder = findOrBring();
  return runCommand(join(folder, 'node'), args, {
    passInterrupt: true,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      [AGAIN]: '1',
      PATH: `${folder}${delimiter}${process.env.PATH}`,
    },
  });
}

function isSuitable() {
  const [major] = process.versions.node.split('.');
  if (major !== '22' && major !== '24') {
    return false;
  }
  if (/\byarn\/4\./.test(process.env.npm_config_user_agent ?? '')) {
    return true;
  }
  const yarn = spawnSync('yarn', ['--version'], { encoding: 'utf8' });
  return yarn.status === 0 && yarn.stdout.trim().startsWith('4.');
}

function findOrBring() {
  const key = `${NODE_VERSION} ${YARN_VERSION}`;
  const known = recall('toolchain');
  if (known?.key === key && isToolchain(known.folder)) {
    return known.folder;
  }
  process.stdout.write(
    `Getting Node ${NODE_VERSION} and Yarn ${YARN_VERSION} through npm, for this project only ...\n`,
  );
  const found = spawnSync('npx', [...NPX, 'node', '-p', 'process.env.PATH'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = (found.stdout ?? '')
    .trim()
    .split(delimiter)
    .find(part => part.includes('_npx') && isToolchain(part));
  if (found.status !== 0 || !folder) {
    throw new Mistake(
      `npm could not bring Node ${NODE_VERSION} and Yarn ${YARN_VERSION}; what it says stands above. With Node 22 or 24 and Yarn 4 of your own nothing needs to be brought.`,
    );
  }
  remember('toolchain', { key, folder });
  return folder;
}

function isToolchain(folder) {
  return existsSync(join(folder, 'node')) && existsSync(join(folder, 'yarn'));
}
