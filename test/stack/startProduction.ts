import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { productionEntry } from './buildProduction.ts';
import { freePort } from './freePort.ts';
import { ROOT, temporaryFolder } from './paths.ts';
import { readyOrStopped, startProcess } from './startProcess.ts';
import { waitForAddress } from './waitFor.ts';

/** The built portal: one process that serves the API and the pages. */
export interface Production {
  url: string;
  token: string;
  pid: number;
  /** Where the database is, a file for each plugin, unless it is another one. */
  databaseFolder: string;
  stop(): Promise<void>;
}

/**
 * Starts what `buildProduction` built. `NODE_ENV` is development for the backend, so that the demo's people can sign in;
 * the pages are built for production all the same.
 */
export async function startProduction(options: {
  mlflowUrl?: string;
  /** With the demo registry, and what its artefacts hold. */
  demo?: boolean;
  /** A PostgreSQL that its databases are made in, in place of files. */
  postgres?: { host: string; port: number; user: string; password: string };
  /** Parts of names of backend packages to leave out. */
  without?: string[];
  /** How often sources are read; every hour unless given, so that nothing happens unasked. */
  frequency?: Record<string, number>;
  /** Limit of Node's heap in MB; Node's own choice unless given. */
  heapMegabytes?: number;
}): Promise<Production> {
  const folder = temporaryFolder('production');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const token = 'a-token-of-the-benchmarks';
  const config: Record<string, unknown> = {
    app_baseUrl: url,
    backend_baseUrl: url,
    backend_listen_port: port,
    backend_database: options.postgres
      ? { client: 'pg', connection: options.postgres }
      : {
          client: 'better-sqlite3',
          connection: { directory: join(folder, 'db') },
        },
    backend_auth_externalAccess: [
      { type: 'static', options: { token, subject: 'modelport-api' } },
    ],
    modelport_sources_files_demo_enabled: options.demo ?? false,
    modelport_sources_files_repositories_enabled: false,
    modelport_sync_frequency: options.frequency ?? { hours: 1 },
    modelport_sync_timeout: { hours: 1 },
    // requests of passes are counted, not those for files
    modelport_evidence_artefacts: options.demo ?? false,
    ...(options.mlflowUrl
      ? { modelport_sources_mlflow_mlflow_url: options.mlflowUrl }
      : {}),
  };
  const running = startProcess({
    name: 'production',
    command: process.execPath,
    args: [
      ...(options.heapMegabytes
        ? [`--max-old-space-size=${options.heapMegabytes}`]
        : []),
      productionEntry({ without: options.without ?? [] }),
      ...['--config', join(ROOT, 'app-config.yaml')],
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
  await readyOrStopped(running, () =>
    waitForAddress(`${url}/.backstage/health/v1/readiness`, {
      deadlineMs: 120_000,
      stillAlive: running.stillAlive,
    }),
  );
  return {
    url,
    token,
    pid: running.pid,
    databaseFolder: join(folder, 'db'),
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
