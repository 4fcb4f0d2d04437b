import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv } from '../stack/ensureVenv.ts';
import { dataFolder } from '../stack/paths.ts';
import { MLFLOW_ENV, startMlflow, type Mlflow } from '../stack/startMlflow.ts';
import { runProcess } from '../stack/startProcess.ts';
import { say } from './printFigure.ts';

/** Starts a real MLflow, one worker on SQLite, with many models, their versions and their runs. */
export async function startSeededMlflow(
  models: number,
  versions: number,
): Promise<Mlflow> {
  const database = join(dataFolder('bench'), `${models}x${versions}.db`);
  if (!existsSync(database)) {
    say(`Writing ${models} models with ${versions} versions each ...`);
    const { python } = await ensureVenv('mlflow3');
    const unfinished = `${database}.unfinished`;
    rmSync(unfinished, { force: true });
    await runProcess({
      name: 'seed',
      command: python,
      args: [
        join(import.meta.dirname, 'seed.py'),
        ...[unfinished, String(models), String(versions)],
      ],
      env: MLFLOW_ENV,
      deadlineMs: 600_000,
    });
    renameSync(unfinished, database);
  }
  return await startMlflow({ venv: 'mlflow3', database });
}
