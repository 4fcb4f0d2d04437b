import { execFileSync } from 'node:child_process';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort.ts';
import { ensureGoTool } from './goTools.ts';
import { dataFolder, temporaryFolder } from './paths.ts';
import { readyOrStopped, runProcess, startProcess } from './startProcess.ts';
import { waitForAddress } from './waitFor.ts';

/** A real git host with an organisation `models`, and an account that may do all there. */
export interface Gitea {
  url: string;
  /** `127.0.0.1:<port>`. */
  host: string;
  username: string;
  password: string;
  /** Calls its API, `repos/models/credit-risk`; throws where it refuses. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Status of an answer of its API, for what is not to be there. */
  statusOf(path: string): Promise<number>;
  stop(): Promise<void>;
}

const ACCOUNT = { username: 'portal', password: 'a-password-of-the-tests' };

/** Builds Gitea where that was not done, and starts it on an empty folder. */
export async function startGitea(): Promise<Gitea> {
  const command = await ensureGoTool('gitea');
  const folder = temporaryFolder('gitea');
  const user = userForGitea();
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const url = `http://${host}`;
  const settings = join(folder, 'app.ini');
  writeFileSync(settings, settingsOf(folder, port, user?.name));
  if (user) {
    // it writes secrets of its own into its settings
    [folder, settings].forEach(each => chownSync(each, user.uid, user.gid));
  }
  const env = { HOME: folder, ...(user && { USER: user.name }) };
  const common = { command, cwd: folder, env, ...user };
  const running = startProcess({
    ...common,
    name: 'gitea',
    args: ['web', '--config', settings],
  });
  await readyOrStopped(running, async () => {
    await waitForAddress(`${url}/api/healthz`, {
      deadlineMs: 120_000,
      stillAlive: running.stillAlive,
    });
    await runProcess({
      ...common,
      name: 'gitea-user',
      args: [
        ...['--config', settings, 'admin', 'user', 'create', '--admin'],
        ...['--username', ACCOUNT.username, '--password', ACCOUNT.password],
        ...['--email', 'portal@example.org', '--must-change-password=false'],
      ],
      deadlineMs: 60_000,
    });
  });
  const call = async (method: string, path: string, body?: unknown) =>
    await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(
          `${ACCOUNT.username}:${ACCOUNT.password}`,
        ).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const gitea: Gitea = {
    url,
    host,
    ...ACCOUNT,
    async ask(method, path, body) {
      const answer = await call(method, path, body);
      if (!answer.ok) {
        throw new Error(
          `Gitea: ${method} ${path}: ${answer.status} ${await answer.text()}`,
        );
      }
      return await answer.json();
    },
    statusOf: async path => (await call('GET', path)).status,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await gitea.ask('POST', 'orgs', { username: 'models' });
  return gitea;
}

function settingsOf(folder: string, port: number, user?: string): string {
  return `
RUN_MODE = prod
${user ? `RUN_USER = ${user}` : ''}
WORK_PATH = ${folder}

[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = http://127.0.0.1:${port}/
STATIC_ROOT_PATH = ${dataFolder('go', 'gitea')}
OFFLINE_MODE = true
DISABLE_SSH = true

[database]
DB_TYPE = sqlite3
PATH = ${join(folder, 'gitea.db')}

[security]
INSTALL_LOCK = true
SECRET_KEY = of-the-tests

[service]
DISABLE_REGISTRATION = true

[actions]
ENABLED = false

[log]
MODE = console
LEVEL = Warn
`;
}

/** Gitea refuses to run as root. */
function userForGitea():
  | { name: string; uid: number; gid: number }
  | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const name = 'nobody';
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { name, uid: id('-u'), gid: id('-g') };
}
