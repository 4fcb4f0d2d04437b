import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MLFLOW_ENV, type Mlflow } from './startMlflow.ts';
import { runProcess } from './startProcess.ts';

/** Names of the models that `train.py` makes, by what is special about them. */
export interface Trained {
  binary: string;
  regression: string;
  multiclass: string;
  notFinite: string;
  deletedRun: string;
  noRun: string;
  noVersions: string;
  longTag: string;
  odd: Record<string, string>;
  mlflow: string;
}

/** Trains real models into a server with the server's own version of the client. */
export async function train(mlflow: Mlflow): Promise<Trained> {
  const { logFile } = await runPython(mlflow, 'train', [
    join(import.meta.dirname, 'train.py'),
  ]);
  const last = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter(line => line.startsWith('{'))
    .at(-1);
  if (!last) {
    throw new Error(`train.py said nothing of what it made; see ${logFile}`);
  }
  return JSON.parse(last);
}

/** Runs Python in the server's virtual environment, with the server as its tracking server. */
export async function runPython(
  mlflow: Mlflow,
  name: string,
  args: string[],
): Promise<{ logFile: string }> {
  return await runProcess({
    name: `${name}-${mlflow.venv.python.includes('mlflow2') ? 2 : 3}`,
    command: mlflow.venv.python,
    args,
    cwd: mlflow.folder,
    env: { ...MLFLOW_ENV, MLFLOW_TRACKING_URI: mlflow.url },
    deadlineMs: 300_000,
  });
}
