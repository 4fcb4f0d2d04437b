import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PortalApi } from '../../e2e/support/PortalApi.ts';
import { ensureVenv } from '../../stack/ensureVenv.ts';
import { ROOT, temporaryFolder } from '../../stack/paths.ts';
import { startMlflow } from '../../stack/startMlflow.ts';
import { startPortal } from '../../stack/startPortal.ts';
import { GivenUp, waitFor } from '../../stack/waitFor.ts';
import { printFigure, say } from '../printFigure.ts';

const TIMES = 15;
const PLUGIN = join(ROOT, 'plugins/scaffolder-backend-module-modelport');
/** What the form is to take at most, until the repository is pushed and its model registered. */
const PROMISED_S = 60;
const ANSWERS = {
  name: 'bench-model',
  owner: 'group:default/risk-analytics',
  task: 'binary',
  framework: 'xgboost',
  targets: ['sagemaker', 'azureml', 'databricks', 'kubernetes'],
  terraform: true,
};

/** A repository of "New ML model": rendered beside cookiecutter's, and from the form to the registry. */
export async function templates(): Promise<void> {
  await measureRendering();
  await measureTask();
}

async function measureRendering(): Promise<void> {
  say('Templates: rendering, beside cookiecutter');
  const { python } = await ensureVenv('cookiecutter');
  const tree = temporaryFolder('tree');
  try {
    const ours = read(
      execFileSync(
        'yarn',
        ['time:render', tree, JSON.stringify(ANSWERS), String(TIMES)],
        { cwd: PLUGIN, encoding: 'utf8' },
      ),
    );
    const script = join(import.meta.dirname, '../time_cookiecutter.py');
    const theirs = read(
      execFileSync(
        python,
        [script, tree, 'bench-model', 'bench_model', String(TIMES)],
        { encoding: 'utf8' },
      ),
    );
    if (ours.files !== theirs.files) {
      throw new Error(`${ours.files} files against ${theirs.files}`);
    }
    printFigure({
      figure: `A repository of ${ours.files} files rendered and written`,
      ours: ours.seconds,
      theirs: {
        what: 'cookiecutter with the same files',
        value: theirs.seconds,
      },
      unit: 's',
      goal: { ratioAtMost: 1.5 },
    });
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** The last line of what a program prints is its result. */
function read(output: string): { seconds: number; files: number } {
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

async function measureTask(): Promise<void> {
  say('Templates: from the form to the registry');
  const mlflow = await startMlflow({ venv: 'mlflow3' });
  const portal = await startPortal({ mlflowUrl: mlflow.url });
  try {
    const token = await PortalApi.tokenOfPerson(portal.backendUrl, 'ada');
    const tasks = `${portal.backendUrl}/api/scaffolder/v2/tasks`;
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
    await waitFor(
      'the template in the catalog',
      async () =>
        (
          await fetch(
            `${portal.backendUrl}/api/catalog/entities/by-name/template/default/new-ml-model`,
            { headers },
          )
        ).ok,
      { deadlineMs: PROMISED_S * 1000 },
    );
    const begun = performance.now();
    const answer = await fetch(tasks, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        templateRef: 'template:default/new-ml-model',
        values: ANSWERS,
      }),
    });
    if (!answer.ok) {
      throw new Error(`The task was refused: ${await answer.text()}`);
    }
    const { id } = await answer.json();
    await waitFor(
      'the task to end',
      async () => {
        const state = await fetch(`${tasks}/${id}`, { headers });
        const { status } = await state.json();
        if (status === 'failed') {
          throw new GivenUp('The task failed');
        }
        return status === 'completed';
      },
      { deadlineMs: 2 * PROMISED_S * 1000, everyMs: 100 },
    );
    printFigure({
      figure: 'form submitted to repository pushed, registered, in the catalog',
      ours: (performance.now() - begun) / 1000,
      theirs: { what: 'what a person waits for', value: PROMISED_S },
      unit: 's',
      goal: { ratioAtMost: 1 },
    });
  } finally {
    await portal.stop();
    await mlflow.stop();
  }
}
