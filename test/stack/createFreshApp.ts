import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from './freePort.ts';
import { ROOT } from './paths.ts';
import {
  readyOrStopped,
  runProcess,
  startProcess,
  type Running,
} from './startProcess.ts';
import { waitForAddress } from './waitFor.ts';

/** Makes a Backstage app as a newcomer does, without installing it. The folder must not exist. */
export async function createFreshApp(folder: string): Promise<void> {
  await runProcess({
    name: 'create-app',
    command: join(ROOT, 'node_modules/.bin/backstage-create-app'),
    args: ['--skip-install', '--path', folder],
    env: { BACKSTAGE_APP_NAME: 'fresh' },
    deadlineMs: 180_000,
  });
  // some of the newest versions that Backstage asks for are not in every registry: our pins, and our lock to start from
  const { resolutions } = readJson(join(ROOT, 'package.json'));
  editJson(join(folder, 'package.json'), manifest => {
    Object.assign((manifest.resolutions ??= {}), resolutions);
  });
  copyFileSync(join(ROOT, 'yarn.lock'), join(folder, 'yarn.lock'));
}

/** Installs what the app asks for: by our lock, and where that says nothing what registries have had for a month. */
export async function installFreshApp(folder: string): Promise<void> {
  await runProcess({
    name: 'fresh-install',
    command: 'yarn',
    args: ['install', '--no-immutable'],
    cwd: folder,
    env: { ...YARN_ENV, YARN_NPM_MINIMAL_AGE_GATE: '30d' },
    deadlineMs: 600_000,
  });
}

/** Yarn without hooks of packages, and without asking back in CI. */
export const YARN_ENV = {
  YARN_ENABLE_SCRIPTS: 'false',
  YARN_ENABLE_TELEMETRY: 'false',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
};

/** A running app, made by `createFreshApp`. */
export interface FreshApp {
  url: string;
  backendUrl: string;
  running: Running;
}

/** Starts the app for development on free ports, and waits until its pages and its catalog answer. */
export async function startFreshApp(folder: string): Promise<FreshApp> {
  const [port, backendPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const backendUrl = `http://localhost:${backendPort}`;
  const token = 'a-token-of-the-tests';
  writeFileSync(
    join(folder, 'app-config.local.yaml'),
    stringify({
      app: { baseUrl: url, listen: { host: '127.0.0.1', port } },
      backend: {
        baseUrl: backendUrl,
        listen: { host: '127.0.0.1', port: backendPort },
        cors: { origin: url },
        auth: {
          externalAccess: [
            { type: 'static', options: { token, subject: 'tests' } },
          ],
        },
      },
    }),
  );
  const running = startProcess({
    name: 'fresh-app',
    command: 'yarn',
    args: ['start'],
    cwd: folder,
    env: {
      ...YARN_ENV,
      NODE_ENV: undefined,
      BROWSER: 'none',
      GITHUB_TOKEN: 'none',
    },
  });
  await readyOrStopped(running, async () => {
    const { stillAlive } = running;
    await waitForAddress(`${backendUrl}/api/catalog/entities?limit=1`, {
      deadlineMs: 240_000,
      headers: { authorization: `Bearer ${token}` },
      stillAlive,
    });
    await waitForAddress(url, { deadlineMs: 240_000, stillAlive });
  });
  return { url, backendUrl, running };
}

interface Manifest {
  dependencies?: Record<string, string>;
  resolutions?: Record<string, string>;
}

function readJson(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Changes a JSON file in place. */
export function editJson(
  file: string,
  edit: (manifest: Manifest) => void,
): void {
  const manifest = readJson(file);
  edit(manifest);
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
