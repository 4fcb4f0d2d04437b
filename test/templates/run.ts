/**
 * Makes one repository for each task and framework, and does in it what a team does: `npm run test:templates`, or with
 * the names of tasks and frameworks for some of them: `npm run test:templates binary xgboost`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv } from '../stack/ensureVenv.ts';
import { ROOT, temporaryFolder } from '../stack/paths.ts';
import { runProcess } from '../stack/startProcess.ts';

const TASKS = 'binary multiclass regression forecasting ranking matching'.split(
  ' ',
);
const FRAMEWORKS = 'sklearn xgboost lightgbm pytorch tensorflow'.split(' ');
const PACKAGES_MS = 900_000;
/** A training on the synthetic sample has to end within this time on two cores. */
const TRAINING_MS = 120_000;
const PLUGIN = join(ROOT, 'plugins/scaffolder-backend-module-modelport');

async function main(wanted: string[]): Promise<boolean> {
  const unknown = wanted.filter(
    name => !TASKS.includes(name) && !FRAMEWORKS.includes(name),
  );
  if (unknown.length > 0) {
    throw new Error(`There is no task or framework ${unknown.join(', ')}`);
  }
  const { bin } = await ensureVenv('uv');
  let ok = true;
  for (const task of chosen(TASKS, wanted)) {
    for (const framework of chosen(FRAMEWORKS, wanted)) {
      const begun = Date.now();
      const problem = await tryOut(join(bin, 'uv'), task, framework).then(
        () => undefined,
        error => String(error),
      );
      ok = ok && problem === undefined;
      const seconds = ((Date.now() - begun) / 1000).toFixed(0);
      console.log(
        `${
          problem === undefined ? 'ok    ' : 'FAILED'
        }  ${task} with ${framework}, ${seconds} s`,
      );
      if (problem !== undefined) {
        console.log(problem);
      }
    }
  }
  return ok;
}

function chosen(all: string[], wanted: string[]): string[] {
  const some = all.filter(name => wanted.includes(name));
  return some.length > 0 ? some : all;
}

async function tryOut(
  uv: string,
  task: string,
  framework: string,
): Promise<void> {
  const folder = temporaryFolder('template');
  const run = async (name: string, args: string[], deadlineMs = PACKAGES_MS) =>
    await runProcess({
      name: `template-${name}`,
      command: uv,
      args,
      cwd: folder,
      deadlineMs,
      env: { VIRTUAL_ENV: undefined, MLFLOW_TRACKING_URI: undefined },
    });
  const answers = {
    name: 'try-out',
    owner: 'group:default/risk-analytics',
    task,
    framework,
    protected: ['sex'],
  };
  try {
    await runProcess({
      name: 'template-render',
      command: 'yarn',
      args: ['render', folder, JSON.stringify(answers)],
      cwd: PLUGIN,
      deadlineMs: 60_000,
    });
    await run('sync', ['sync']);
    await run('lock', ['lock', '--check']);
    await run('lint', ['run', 'ruff', 'check', '.']);
    await run('format', ['run', 'ruff', 'format', '--check', '.']);
    await run('types', ['run', 'mypy']);
    await run('tests', ['run', 'pytest', '-q']);
    const train = ['run', 'python', '-m', 'try_out', 'train'];
    await run('train', train, TRAINING_MS);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).then(
  ok => {
    process.exitCode = ok ? 0 : 1;
  },
  error => {
    console.error(error);
    process.exitCode = 1;
  },
);
