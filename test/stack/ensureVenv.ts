import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './paths.ts';
import { runProcess } from './startProcess.ts';

/** A virtual environment of Python with what its requirements file names. */
export interface Venv {
  python: string;
  bin: string;
}

/**
 * Gives the virtual environment `.data/venvs/<name>`, made on first use and again when `requirements-<name>.txt` beside
 * this file changes.
 */
export async function ensureVenv(
  name:
    | 'mlflow3'
    | 'mlflow2'
    | 'shap'
    | 'uv'
    | 'checks'
    | 'checkov'
    | 'clouds'
    | 'cookiecutter'
    | 'evidently',
): Promise<Venv> {
  const folder = join(dataFolder('venvs'), name);
  const requirements = join(import.meta.dirname, `requirements-${name}.txt`);
  const wanted = readFileSync(requirements, 'utf8');
  const marker = join(folder, 'requirements.txt');
  const venv = { python: join(folder, 'bin/python'), bin: join(folder, 'bin') };
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) {
    return venv;
  }
  rmSync(folder, { recursive: true, force: true });
  await runProcess({
    name: `venv-${name}`,
    command: 'python3',
    args: ['-m', 'venv', folder],
    deadlineMs: 120_000,
  });
  await runProcess({
    name: `pip-${name}`,
    command: venv.python,
    args: ['-m', 'pip', 'install', '--quiet', '--requirement', requirements],
    env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' },
    deadlineMs: 900_000,
  });
  writeFileSync(marker, wanted);
  return venv;
}
