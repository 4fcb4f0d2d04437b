import { expect, test } from '@playwright/test';
import { freePort } from '../stack/freePort.ts';
import { startGate, type Gate } from '../stack/startGate.ts';
import { startMlflow, type Mlflow } from '../stack/startMlflow.ts';
import { startPortal, type Portal } from '../stack/startPortal.ts';
import { Tasks } from '../templates/Tasks.ts';
import { PortalApi } from './support/PortalApi.ts';

const GIT = '/api/modelport/git';

let mlflow: Mlflow;
let portal: Portal;
/** What stands before the git host, and cuts it off. */
let gate: Gate;
let tasks: Tasks;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  mlflow = await startMlflow({ venv: 'mlflow3' });
  const port = await freePort();
  portal = await startPortal({
    mlflowUrl: mlflow.url,
    config: () => ({
      modelport_scaffolder_repositories: `http://127.0.0.1:${port}${GIT}`,
      backend_reading_allow: [{ host: `127.0.0.1:${port}` }],
    }),
  });
  gate = await startGate(portal.backendUrl, port);
  tasks = new Tasks(
    portal.backendUrl,
    await PortalApi.tokenOfPerson(portal.backendUrl, 'ada'),
  );
  await tasks.untilThere('new-ml-model');
});

test.afterAll(async () => {
  test.setTimeout(120_000);
  await gate?.stop();
  await portal?.stop();
  await mlflow?.stop();
});

const answers = (name: string) => ({
  name,
  owner: 'group:default/risk-analytics',
  task: 'binary',
  framework: 'sklearn',
});

async function ask(path: string, body?: unknown): Promise<Response> {
  return await fetch(`${mlflow.url}/api/2.0/mlflow/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
}

/** What MLflow has of a name: a registered model, and the stage of its experiment. */
async function inMlflow(name: string) {
  const model = await ask(`registered-models/get?name=${name}`);
  const experiment = await ask(
    `experiments/get-by-name?experiment_name=${name}`,
  );
  return {
    model: model.status,
    experiment: experiment.ok
      ? (await experiment.json()).experiment.lifecycle_stage
      : null,
  };
}

const NOTHING = { model: 404, experiment: null };
const BOTH = { model: 200, experiment: 'active' };

test('a task whose git host dies leaves nothing behind, and makes all of it when it is tried again', async () => {
  test.setTimeout(300_000);
  const name = 'host-dies';
  gate.cut('git-receive-pack');
  const failed = await tasks.run('new-ml-model', answers(name));
  expect(failed.status).toBe('failed');
  expect(failed.log).toContain('The git host of');
  expect(await inMlflow(name)).toEqual(NOTHING);

  gate.open();
  const again = await tasks.tryAgain(failed.id);
  expect(again.status, again.log).toBe('completed');
  expect(await inMlflow(name)).toEqual(BOTH);
  const files = await fetch(`${gate.url}${GIT}/${name}`);
  expect(await files.text()).toContain('modelport.yaml');
});

test('a task that fails after its push says what it left, and pushes no second time', async () => {
  test.setTimeout(300_000);
  const name = 'catalog-is-late';
  gate.cut('/blob/');
  const failed = await tasks.run('new-ml-model', answers(name));
  expect(failed.status).toBe('failed');
  expect(failed.log).toMatch(
    new RegExp(`Left where it is.*the repository http.*/${name}`),
  );
  expect(await inMlflow(name)).toEqual(NOTHING);

  gate.open();
  const again = await tasks.tryAgain(failed.id);
  expect(again.status, again.log).toBe('completed');
  expect(await inMlflow(name)).toEqual(BOTH);
});

test('a name stays free for another task after one that failed', async () => {
  test.setTimeout(300_000);
  const name = 'once-more';
  gate.cut('git-receive-pack');
  const failed = await tasks.run('new-ml-model', answers(name));
  expect(failed.status).toBe('failed');
  gate.open();
  const another = await tasks.run('new-ml-model', answers(name));
  expect(another.status, another.log).toBe('completed');
  // a deleted experiment of the name would keep every training from it
  expect(await inMlflow(name)).toEqual(BOTH);
});

test('of tasks that want one name at once, one gets it, and the others take nothing from it', async () => {
  test.setTimeout(300_000);
  const name = 'wanted-by-all';
  const ended = await Promise.all(
    [1, 2, 3].map(() => tasks.run('new-ml-model', answers(name))),
  );
  expect(ended.map(({ status }) => status).sort()).toEqual([
    'completed',
    'failed',
    'failed',
  ]);
  expect(await inMlflow(name)).toEqual(BOTH);
  const entity = await fetch(
    `${portal.backendUrl}/api/catalog/entities/by-name/resource/default/${name}`,
    { headers: tasks.headers },
  );
  expect(entity.status).toBe(200);
});
