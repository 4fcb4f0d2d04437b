import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort.ts';
import { ROOT, temporaryFolder } from './paths.ts';
import { readyOrStopped, startProcess, type Running } from './startProcess.ts';
import { waitForAddress } from './waitFor.ts';

/** The portal as `npm start` runs it, with a database of its own. */
export interface Portal {
  /** Address of the pages. */
  url: string;
  backendUrl: string;
  /** Token of the service that scripts are. */
  token: string;
  pid: number;
  logFile: string;
  /** Stops the portal and keeps its data, for `startAgain`. */
  pause(): Promise<void>;
  /** Kills the portal without warning and keeps its data, for `startAgain`. */
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  /** Stops the portal and removes its data. */
  stop(): Promise<void>;
}

/** Starts the portal on free ports and waits until its pages and its API answer. */
export async function startPortal(
  options: {
    /** An MLflow server in place of the demo registry. */
    mlflowUrl?: string;
    /** A folder of models in place of the demo registry's own, for who changes it. */
    registry?: string;
    webhookSecret?: string;
    /** How long a pass may take, such as `15s`, and so for how long a killed backend keeps others from it. */
    syncTimeout?: string;
    /** A PostgreSQL in place of SQLite. */
    postgres?: { host: string; port: number; user: string; password: string };
    /** More config by path, such as `auth_session_secret`, once the addresses are known. */
    config?: (urls: {
      url: string;
      backendUrl: string;
    }) => Record<string, unknown>;
  } = {},
): Promise<Portal> {
  const folder = temporaryFolder('portal');
  const [port, backendPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const backendUrl = `http://localhost:${backendPort}`;
  const token = 'a-token-of-the-end-to-end-tests';
  const database = options.postgres
    ? { client: 'pg', connection: options.postgres }
    : {
        client: 'better-sqlite3',
        connection: { directory: join(folder, 'db') },
      };
  const env: Record<string, string | undefined> = {
    NODE_ENV: undefined,
    BROWSER: 'none',
    MODELPORT_PORT: String(port),
    MODELPORT_BACKEND_PORT: String(backendPort),
    MODELPORT_API_TOKEN: token,
    MLFLOW_TRACKING_URI: options.mlflowUrl,
    APP_CONFIG_backend_database: JSON.stringify(database),
    APP_CONFIG_modelport_githost_directory: JSON.stringify(join(folder, 'git')),
    APP_CONFIG_modelport_sources_files_repositories_directory: JSON.stringify(
      join(folder, 'git', 'checkouts'),
    ),
    ...(options.registry && {
      APP_CONFIG_modelport_sources_files_demo_directory: JSON.stringify(
        options.registry,
      ),
    }),
    ...(options.syncTimeout
      ? {
          APP_CONFIG_modelport_sync_timeout: JSON.stringify(
            options.syncTimeout,
          ),
        }
      : {}),
    ...(options.webhookSecret
      ? {
          APP_CONFIG_modelport_sources_mlflow_mlflow_webhookSecret:
            JSON.stringify(options.webhookSecret),
        }
      : {}),
    ...Object.fromEntries(
      Object.entries(options.config?.({ url, backendUrl }) ?? {}).map(
        ([key, value]) => [`APP_CONFIG_${key}`, JSON.stringify(value)],
      ),
    ),
  };
  let running: Running | undefined;
  const start = async (): Promise<Running> => {
    const started = startProcess({
      name: 'portal',
      command: process.execPath,
      args: [join(ROOT, '.tools/run.mjs'), 'start'],
      cwd: ROOT,
      env,
      // it gives its own parts 10 s
      graceMs: 20_000,
    });
    running = started;
    await readyOrStopped(started, async () => {
      const { stillAlive } = started;
      await waitForAddress(`${backendUrl}/.backstage/health/v1/readiness`, {
        deadlineMs: 180_000,
        stillAlive,
      });
      await waitForAddress(`${backendUrl}/api/modelport/v1/sources`, {
        deadlineMs: 60_000,
        headers: { authorization: `Bearer ${token}` },
        stillAlive,
      });
      await waitForAddress(url, { deadlineMs: 180_000, stillAlive });
    });
    return started;
  };
  const { pid, logFile } = await start();
  const portal: Portal = {
    url,
    backendUrl,
    token,
    pid,
    logFile,
    async pause() {
      await running?.stop();
    },
    async kill() {
      await running?.kill();
    },
    async startAgain() {
      portal.pid = (await start()).pid;
    },
    async stop() {
      await running?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return portal;
}
