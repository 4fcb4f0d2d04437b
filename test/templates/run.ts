/**
 * Reads repositories of every pair of answers with all checkers, and makes one for each task and framework and two with
 * every option, in which it does what a team does: `npm run test:templates`. With names, some of it:
 * `npm run test:templates static`, `npm run test:templates gitea`, `npm run test:templates options`,
 * `npm run test:templates sample`, `npm run test:templates binary xgboost`.
 */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureVenv } from '../stack/ensureVenv.ts';
import { ROOT, temporaryFolder } from '../stack/paths.ts';
import { runProcess } from '../stack/startProcess.ts';
import { hasGo } from '../stack/goTools.ts';
import { checkStatically, renderCombinations } from './checkStatically.ts';
import { tryGitea } from './gitea.ts';

const TASKS = 'binary multiclass regression forecasting ranking matching'.split(
  ' ',
);
const FRAMEWORKS = 'sklearn xgboost lightgbm pytorch tensorflow'.split(' ');
const PACKAGES_MS = 900_000;
/** A training on the synthetic sample has to end within this time on two cores. */
const TRAINING_MS = 120_000;
const PLUGIN = join(ROOT, 'plugins/scaffolder-backend-module-modelport');

const PARTS = ['static', 'gitea', 'options', 'sample'];

/** Together they have every option; those that exclude each other are in one each. */
const EVERYTHING = {
  targets: ['sagemaker', 'azureml', 'databricks', 'kubernetes'],
  terraform: true,
  orchestration: 'airflow',
  stream: 'kafka',
  search: 'optuna',
};
const WITH_OPTIONS = [
  {
    task: 'binary',
    framework: 'xgboost',
    more: { ...EVERYTHING, features: 'feast', rollout: 'canary' },
  },
  {
    task: 'forecasting',
    framework: 'sklearn',
    more: { ...EVERYTHING, features: 'dbt', rollout: 'shadow', ci: 'gitlab' },
  },
  {
    task: 'ranking',
    framework: 'lightgbm',
    more: { ...EVERYTHING, rollout: 'ab' },
  },
];

/** What a sample of a person's data tells; each has something that a framework or a format may stumble over. */
const NUMERIC = [
  { name: 'income', low: 0, high: 100_000 },
  { name: 'balance', low: -1_000, high: 1_000 },
  { name: 'has_car', low: 0, high: 1 },
];
const CATEGORICAL = [
  { name: 'age_band', categories: ['<18', '[18, 25)', '25+'] },
  { name: 'region', categories: ['"Süd"', "O'Higgins", 'no'] },
];
const OF_A_SAMPLE = [
  {
    ...{ task: 'binary', framework: 'xgboost' },
    columns: {
      ...{ numeric: NUMERIC, categorical: CATEGORICAL },
      classes: ['good', 'bad'],
    },
    options: { features: 'feast', time: 'seen_at' },
  },
  {
    ...{ task: 'multiclass', framework: 'pytorch' },
    columns: {
      ...{ numeric: NUMERIC, categorical: CATEGORICAL },
      classes: ['yes', '2', 'a: b'],
    },
    options: {},
  },
  {
    ...{ task: 'regression', framework: 'lightgbm' },
    columns: {
      numeric: NUMERIC.slice(0, 1),
      label: { low: 0, high: 1_000_000 },
    },
    options: { features: 'dbt' },
  },
  {
    ...{ task: 'forecasting', framework: 'sklearn' },
    columns: {
      ...{ numeric: NUMERIC.slice(1), categorical: CATEGORICAL },
      label: { low: 0, high: 1_000 },
    },
    options: { features: 'dbt', time: 'day', series: 'shop', horizon: 28 },
  },
  {
    // one series with nothing but its values, and rows without an id
    ...{ task: 'forecasting', framework: 'lightgbm' },
    columns: { numeric: [], label: { low: 0, high: 1 } },
    options: { features: 'feast', time: 'day', id: undefined },
  },
  {
    ...{ task: 'ranking', framework: 'xgboost' },
    columns: {
      ...{ numeric: NUMERIC, categorical: CATEGORICAL },
      label: { low: 0, high: 4 },
    },
    options: { features: 'feast', query: 'search', id: undefined },
  },
];

async function main(wanted: string[]): Promise<boolean> {
  const unknown = wanted.filter(
    name => ![...TASKS, ...FRAMEWORKS, ...PARTS].includes(name),
  );
  if (unknown.length > 0) {
    throw new Error(`There is no task or framework ${unknown.join(', ')}`);
  }
  const { bin } = await ensureVenv('uv');
  let ok = true;
  const report = (what: string, begun: number, problem: string | undefined) => {
    ok = ok && problem === undefined;
    const seconds = ((Date.now() - begun) / 1000).toFixed(0);
    const word = problem === undefined ? 'ok    ' : 'FAILED';
    console.log(`${word}  ${what}, ${seconds} s`);
    if (problem !== undefined) {
      console.log(problem);
    }
  };
  const isWanted = (part: string) =>
    wanted.length === 0 || wanted.includes(part);
  if (isWanted('static')) {
    const repositories = await renderCombinations();
    await checkStatically(repositories, 'all', report);
    rmSync(dirname(repositories[0]), { recursive: true, force: true });
  }
  if (isWanted('gitea')) {
    const begun = Date.now();
    const problem = hasGo()
      ? await tryGitea().then(() => undefined, String)
      : 'there is no Go to build Gitea with';
    report('published, updated and adopted on Gitea', begun, problem);
  }
  if (isWanted('options')) {
    for (const { task, framework, more } of WITH_OPTIONS) {
      const begun = Date.now();
      const problem = await tryOut(join(bin, 'uv'), task, framework, more).then(
        () => undefined,
        String,
      );
      report(`${task} with ${framework} and every option`, begun, problem);
    }
  }
  if (isWanted('sample')) {
    for (const { task, framework, columns, options } of OF_A_SAMPLE) {
      const begun = Date.now();
      const names = {
        label: 'outcome',
        id: 'case_number',
        personal: ['email'],
      };
      const problem = await tryOut(join(bin, 'uv'), task, framework, {
        ...{ columns, ...names, ...options },
      }).then(() => undefined, String);
      report(`${task} with ${framework} of a sample`, begun, problem);
    }
  }
  if (wanted.length > 0 && wanted.every(each => PARTS.includes(each))) {
    return ok;
  }
  for (const task of chosen(TASKS, wanted)) {
    for (const framework of chosen(FRAMEWORKS, wanted)) {
      const begun = Date.now();
      const problem = await tryOut(join(bin, 'uv'), task, framework).then(
        () => undefined,
        String,
      );
      report(`${task} with ${framework}`, begun, problem);
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
  more: Record<string, unknown> = {},
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
    ...more,
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
    await run('report', [
      ...['run', '--no-dev', '--group', 'monitoring'],
      ...['pytest', '-q', 'tests/test_drift_report.py'],
    ]);
    const groups: Record<string, string[]> = {
      feast: ['--no-dev', '--group', 'feast', 'pytest', 'tests/test_store.py'],
      dbt: ['--no-dev', '--group', 'dbt', 'pytest', 'tests/test_transform.py'],
      airflow: ['--only-group', 'airflow', 'pytest', 'orchestration/airflow'],
    };
    for (const [group, args] of Object.entries(groups)) {
      if (Object.values(more).includes(group)) {
        await run(group, ['run', ...args], PACKAGES_MS);
      }
    }
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
