import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ensureVenv } from '../stack/ensureVenv.ts';
import { temporaryFolder } from '../stack/paths.ts';
import { startPortal, type Portal } from '../stack/startPortal.ts';
import { runProcess } from '../stack/startProcess.ts';
import { waitFor } from '../stack/waitFor.ts';
import { Tasks } from '../templates/Tasks.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';
import { syncNow } from './support/sync.ts';

const SOURCE = 'repositories';

let portal: Portal;
let folder: string;
let tasks: Tasks;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = temporaryFolder('scaffolder-alone');
  portal = await startPortal();
  tasks = new Tasks(
    portal.backendUrl,
    await PortalApi.tokenOfPerson(portal.backendUrl, 'ada'),
  );
  await tasks.untilThere('new-ml-model');
});

test.afterAll(async () => {
  test.setTimeout(120_000);
  await portal?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const answers = (name: string) => ({
  name,
  owner: 'group:default/risk-analytics',
  task: 'binary',
  framework: 'xgboost',
});
const address = (name: string) =>
  `${portal.backendUrl}/api/modelport/git/${name}`;

test('without an MLflow, a version that is pushed shows up with its evidence', async () => {
  test.setTimeout(600_000);
  const name = 'made-alone';
  const made = await tasks.run('new-ml-model', answers(name));
  expect(made.status, made.log).toBe('completed');
  const { bin } = await ensureVenv('uv');
  const run = (step: string, command: string, ...args: string[]) =>
    runProcess({
      name: `alone-${step}`,
      command,
      args,
      cwd: step === 'clone' ? folder : join(folder, name),
      env: { VIRTUAL_ENV: undefined, MLFLOW_TRACKING_URI: undefined },
      deadlineMs: 300_000,
    });
  const model = (...args: string[]) =>
    run(
      args[0],
      join(bin, 'uv'),
      ...['run', 'python', '-m', 'made_alone'],
      ...args,
    );
  await run('clone', 'git', 'clone', '--quiet', address(name));
  await model('train');
  await model('export');
  await run('add', 'git', 'add', 'versions');
  const person = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org'];
  await run('commit', 'git', ...person, 'commit', '-qm', 'First version');
  await run('push', 'git', 'push', '--quiet');

  const api = new PortalApi(portal.backendUrl, portal.token);
  const { errors } = await syncNow(api, SOURCE);
  expect(errors).toEqual([]);
  const path = modelPath(SOURCE, name, 'versions', '1');
  const version = await api.read<{
    metrics: Record<string, number>;
    signature: { inputs: unknown[]; outputs: Array<{ type: string }> };
  }>(path);
  expect(version.metrics.test_roc_auc).toBeGreaterThan(0.7);
  expect(version.signature.inputs.length).toBeGreaterThan(1);
  expect(version.signature.outputs).toMatchObject([
    { type: expect.stringMatching(/^tensor\(float/) },
  ]);
  await waitFor(
    'the evidence of the version',
    async () => {
      const { items } = await api.read<{ items: { kind: string }[] }>(
        `${path}/evidence`,
      );
      const kinds = new Set(items.map(({ kind }) => kind));
      return ['card', 'explanation', 'drift', 'calibration', 'metrics'].every(
        kind => kinds.has(kind),
      );
    },
    { deadlineMs: 60_000 },
  );
});

test('of tasks with the same answers at the same moment one makes the repository, and the others leave it', async () => {
  test.setTimeout(300_000);
  const name = 'made-at-once';
  const ended = await Promise.all(
    [1, 2, 3].map(() => tasks.run('new-ml-model', answers(name))),
  );
  expect(ended.map(({ status }) => status).sort()).toEqual([
    'completed',
    'failed',
    'failed',
  ]);
  for (const { log } of ended.filter(({ status }) => status === 'failed')) {
    expect(log).toMatch(/Somebody else began|There is something|is taken/);
  }
  const there = await fetch(address(name));
  expect(there.status).toBe(200);
  const entity = await fetch(
    `${portal.backendUrl}/api/catalog/entities/by-name/resource/default/${name}`,
    { headers: tasks.headers },
  );
  expect(entity.status).toBe(200);
});
