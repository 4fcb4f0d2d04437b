import { createRequire } from 'node:module';
import { join } from 'node:path';
import { freePort } from './freePort.ts';
import { ROOT } from './paths.ts';
import { readyOrStopped, startProcess, type Running } from './startProcess.ts';
import { waitForAddress } from './waitFor.ts';

/** The portal's backend without its pages, as one of several that share a database. */
export interface Backend {
  url: string;
  /** Token of the service that scripts are. */
  token: string;
  /** Kills it without warning. */
  kill(): Promise<void>;
  /** Starts it again at the same address on the same database. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

const TOKEN = 'a-token-of-the-end-to-end-tests';

/** Starts a backend and waits until it answers. */
export async function startBackend(options: {
  name: string;
  postgres: { host: string; port: number; user: string; password: string };
  mlflowUrl: string;
  /** More config by path, such as `auth_providers`. */
  config?: Record<string, unknown>;
}): Promise<Backend> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const config: Record<string, unknown> = {
    backend_baseUrl: url,
    backend_listen_port: port,
    backend_database: { client: 'pg', connection: options.postgres },
    backend_auth_externalAccess: [
      { type: 'static', options: { token: TOKEN, subject: 'modelport-api' } },
    ],
    modelport_sources_files_demo_enabled: false,
    modelport_sources_files_repositories_enabled: false,
    modelport_sources_mlflow_mlflow_url: options.mlflowUrl,
    ...options.config,
  };
  const require = createRequire(join(ROOT, 'package.json'));
  let running: Running | undefined;
  const start = async () => {
    const started = startProcess({
      name: options.name,
      command: process.execPath,
      args: [
        require.resolve('@backstage/cli/bin/backstage-cli'),
        ...['package', 'start', '--config', join(ROOT, 'app-config.yaml')],
      ],
      cwd: join(ROOT, 'packages/backend'),
      env: {
        NODE_ENV: 'development',
        ...Object.fromEntries(
          Object.entries(config).map(([key, value]) => [
            `APP_CONFIG_${key}`,
            JSON.stringify(value),
          ]),
        ),
      },
    });
    running = started;
    await readyOrStopped(started, () =>
      waitForAddress(`${url}/api/modelport/v1/sources`, {
        deadlineMs: 180_000,
        headers: { authorization: `Bearer ${TOKEN}` },
        stillAlive: started.stillAlive,
      }),
    );
  };
  await start();
  return {
    url,
    token: TOKEN,
    async kill() {
      await running?.kill();
    },
    startAgain: start,
    async stop() {
      await running?.stop();
    },
  };
}
