import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv, type Venv } from './ensureVenv.ts';
import { freePort } from './freePort.ts';
import { temporaryFolder } from './paths.ts';
import { readyOrStopped, startProcess, type Running } from './startProcess.ts';
import { waitForAddress } from './waitFor.ts';

/** A real MLflow server on SQLite with proxied artefacts. */
export interface Mlflow {
  url: string;
  pid: number;
  venv: Venv;
  /** Where the server keeps its data. */
  folder: string;
  /** Stops the server and keeps its data, for `startAgain`. */
  pause(): Promise<void>;
  /** Starts the server again at the same address on the same data. */
  startAgain(): Promise<void>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** Keeps MLflow from calling home, and from asking for git. */
export const MLFLOW_ENV = {
  MLFLOW_DISABLE_TELEMETRY: 'true',
  DO_NOT_TRACK: 'true',
  GIT_PYTHON_REFRESH: 'quiet',
  PYTHONUNBUFFERED: '1',
};

/** Starts an MLflow server with one worker and waits until it answers. */
export async function startMlflow(options: {
  venv: 'mlflow3' | 'mlflow2';
  /** An existing SQLite file, which `stop` leaves alone. */
  database?: string;
  env?: Record<string, string>;
}): Promise<Mlflow> {
  const venv = await ensureVenv(options.venv);
  const folder = temporaryFolder(options.venv);
  const artefacts = join(folder, 'artefacts');
  mkdirSync(artefacts);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let running: Running | undefined;
  const start = async () => {
    const started = startProcess({
      name: options.venv,
      command: join(venv.bin, 'mlflow'),
      args: [
        'server',
        ...['--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
        '--backend-store-uri',
        `sqlite:///${options.database ?? join(folder, 'mlflow.db')}`,
        ...['--artifacts-destination', artefacts],
      ],
      cwd: folder,
      env: { ...MLFLOW_ENV, ...options.env },
      graceMs: 2_000,
    });
    running = started;
    await readyOrStopped(started, () =>
      waitForAddress(`${url}/health`, {
        deadlineMs: 120_000,
        stillAlive: started.stillAlive,
      }),
    );
    return started.pid;
  };
  const mlflow: Mlflow = {
    url,
    pid: await start(),
    venv,
    folder,
    async pause() {
      await running?.stop();
    },
    async startAgain() {
      mlflow.pid = await start();
    },
    async stop() {
      await running?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return mlflow;
}
