import { expect, test } from '@playwright/test';
import type { Backend } from '../stack/startBackend.ts';
import { startMlflow, type Mlflow } from '../stack/startMlflow.ts';
import { startPostgres, type Postgres } from '../stack/startPostgres.ts';
import {
  startRegistryGate,
  type GateRequest,
  type Hold,
  type RegistryGate,
} from '../stack/startRegistryGate.ts';
import { waitFor } from '../stack/waitFor.ts';
import { MlflowOracle, type ModelVersion } from './support/MlflowOracle.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';
import {
  approvePromotion,
  type ApiPromotion,
  requestPromotion,
} from './support/promotions.ts';
import { registerVersions } from './support/registerVersions.ts';
import { OWNER, startTwoBackends } from './support/twoBackends.ts';

interface EnvironmentsAnswer {
  items: Array<{
    environment: string;
    version: string | null;
    copy: ApiPromotion['copy'];
  }>;
}

/** Models, by where the copy of their version is when the backend is killed. */
const MOMENTS: Record<string, (asked: GateRequest) => Hold | undefined> = {
  'before-the-run-is-made': asked => (isRun(asked) ? 'before' : undefined),
  'while-the-run-is-made': asked => (isRun(asked) ? 'after' : undefined),
  'before-a-file-is-sent': asked =>
    asked.method === 'PUT' ? 'before' : undefined,
  'while-a-file-is-sent': asked =>
    asked.method === 'PUT' ? 'after' : undefined,
  'before-the-version-is-made': asked =>
    isVersion(asked) ? 'before' : undefined,
  'while-the-version-is-made': asked =>
    isVersion(asked) ? 'after' : undefined,
  'before-the-alias-is-given': asked => (isAlias(asked) ? 'before' : undefined),
  'while-the-alias-is-given': asked => (isAlias(asked) ? 'after' : undefined),
};
const WITHIN = 'copied-within';
const FILES = ['MLmodel', 'weights/part 1.bin'];

function isRun({ method, path }: GateRequest): boolean {
  return method === 'POST' && path.endsWith('/runs/create');
}

function isVersion({ method, path }: GateRequest): boolean {
  return method === 'POST' && path.endsWith('/model-versions/create');
}

function isAlias({ method, path }: GateRequest): boolean {
  return method === 'POST' && path.endsWith('/registered-models/alias');
}

/** The model that a request is about: every one that is held says its name. */
function modelOf({ body }: GateRequest): string | undefined {
  return Object.keys(MOMENTS).find(model => body.includes(model));
}

function filesOf(model: string, version: number): Record<string, string> {
  return Object.fromEntries(
    FILES.map(path => [path, `${path} of ${model} ${version}: äöü\n`]),
  );
}

let postgres: Postgres;
let dev: Mlflow;
let prod: Mlflow;
let gate: RegistryGate;
let first: Backend;
let second: Backend;
let devOracle: MlflowOracle;
let prodOracle: MlflowOracle;

test.beforeAll(async () => {
  test.setTimeout(420_000);
  [postgres, dev, prod] = await Promise.all([
    startPostgres(),
    startMlflow({ venv: 'mlflow3' }),
    startMlflow({ venv: 'mlflow3' }),
  ]);
  devOracle = new MlflowOracle(dev.url);
  prodOracle = new MlflowOracle(prod.url);
  for (const model of [...Object.keys(MOMENTS), WITHIN]) {
    await registerVersions(devOracle, {
      model,
      versions: 2,
      owner: OWNER,
      author: 'ada@example.org',
      champion: '1',
      files: version => filesOf(model, version),
    });
  }
  gate = await startRegistryGate(prod.url);
  const shared = {
    postgres: postgres.connection,
    mlflowUrl: dev.url,
    config: {
      modelport_sources_mlflow_prod_url: gate.url,
      // Each that is held takes a place.
      modelport_sources_mlflow_prod_concurrency: 32,
      modelport_environments: [
        {
          name: 'staging',
          alias: 'challenger',
          copy: { name: '{name}.staging', from: ['mlflow'] },
        },
        {
          name: 'production',
          alias: 'champion',
          copy: { source: 'prod', from: ['mlflow'] },
        },
      ],
    },
  };
  [first, second] = await startTwoBackends(shared, {
    sources: ['mlflow', 'prod'],
    model: WITHIN,
  });
});

test.afterAll(async () => {
  for (const part of [first, second, gate, dev, prod, postgres]) {
    await part?.stop();
  }
});

async function versionsOf(
  oracle: MlflowOracle,
  model: string,
): Promise<ModelVersion[]> {
  return (await oracle.versions()).filter(({ name }) => name === model);
}

async function aliasesOf(oracle: MlflowOracle, model: string) {
  const models = await oracle.models();
  return models.find(({ name }) => name === model)?.aliases ?? [];
}

async function liveIn(backend: Backend, model: string, environment: string) {
  const { items } = await new PortalApi(
    backend.url,
    backend.token,
  ).read<EnvironmentsAnswer>(modelPath('mlflow', model, 'environments'));
  return items.find(item => item.environment === environment);
}

/** Runs at the other server that hold the files of a model's copies. */
async function copyRuns(model: string): Promise<unknown[]> {
  const experiments = await prodOracle.change('POST', 'experiments/search', {
    filter: "name = 'modelport-copies'",
    max_results: 1,
  });
  const { runs } = await prodOracle.change('POST', 'runs/search', {
    experiment_ids: JSON.parse(
      JSON.stringify(experiments.experiments ?? []),
    ).map((one: { experiment_id: string }) => one.experiment_id),
    filter: `tags.\`modelport.copy_of\` = 'mlflow/${model}/2'`,
    max_results: 10,
  });
  return Array.isArray(runs) ? runs : [];
}

test('a backend that is killed at any step of copying to another server is followed by another, and one whole copy is there', async () => {
  test.setTimeout(420_000);
  const asked = new Map<string, ApiPromotion>();
  for (const model of Object.keys(MOMENTS)) {
    const promotion = await requestPromotion(first, { model });
    expect(promotion.copy).toEqual({
      source: 'prod',
      name: model,
      version: null,
    });
    asked.set(model, promotion);
    const one = await approvePromotion(first, 'grace', promotion);
    expect(one.status, JSON.stringify(one.body)).toBe(201);
  }
  gate.hold(held => MOMENTS[modelOf(held) ?? '']?.(held));
  // The last approval executes.
  for (const promotion of asked.values()) {
    approvePromotion(first, 'rosa', promotion).catch(() => undefined);
  }
  await waitFor(
    'every copy to be where it is to be killed',
    () => {
      const models = new Set(gate.held().map(modelOf));
      return Object.keys(MOMENTS).every(model => models.has(model));
    },
    { deadlineMs: 90_000 },
  );
  await first.kill();
  gate.open();

  const api = new PortalApi(second.url, second.token);
  for (const [model, promotion] of asked) {
    const live = await waitFor(
      `${model} to be live`,
      async () => {
        const now = await api.read<ApiPromotion>(`promotions/${promotion.id}`);
        expect(now.state, now.execution.message ?? '').not.toBe('failed');
        return now.state === 'live' ? now : undefined;
      },
      { deadlineMs: 240_000, everyMs: 500 },
    );
    const copy = { source: 'prod', name: model, version: '1' };
    expect(live.copy).toEqual(copy);
    const versions = await versionsOf(prodOracle, model);
    expect(versions.map(({ version }) => version)).toEqual(['1']);
    expect(versions[0].tags).toContainEqual({
      key: 'modelport.copy_of',
      value: `mlflow/${model}/2`,
    });
    expect(await aliasesOf(prodOracle, model)).toMatchObject([
      { alias: 'champion', version: '1' },
    ]);
    for (const [path, content] of Object.entries(filesOf(model, 2))) {
      expect(await prodOracle.file({ name: model, version: '1' }, path)).toBe(
        content,
      );
    }
    expect(await copyRuns(model)).toMatchObject([
      { info: { status: 'FINISHED' } },
    ]);
    expect(await liveIn(second, model, 'production')).toMatchObject({
      version: '2',
      copy,
    });
    // What is at the server of the version itself stays as it was.
    expect(await aliasesOf(devOracle, model)).toMatchObject([
      { alias: 'champion', version: '1' },
    ]);
  }
  const rosa = await PortalApi.ofPerson(second.url, 'rosa');
  expect(await rosa.read('audit/verify')).toMatchObject({
    ok: true,
    firstBroken: null,
  });
  await first.startAgain();
});

test('a copy within a server shares its files, and a rollback gives the alias back to the copy before', async () => {
  test.setTimeout(120_000);
  const target = `${WITHIN}.staging`;
  for (const [index, version] of ['2', '1'].entries()) {
    const promotion = await requestPromotion(first, {
      model: WITHIN,
      version,
      environment: 'staging',
    });
    await approvePromotion(first, 'grace', promotion);
    const { body } = await approvePromotion(first, 'rosa', promotion);
    expect(body.state, JSON.stringify(body.execution)).toBe('live');
    expect(body.copy?.version).toBe(String(index + 1));
  }
  const copies = await versionsOf(devOracle, target);
  expect(copies.map(({ version, source }) => [version, source]).sort()).toEqual(
    [
      ['1', `models:/${WITHIN}/2`],
      ['2', `models:/${WITHIN}/1`],
    ],
  );
  expect(await devOracle.file({ name: target, version: '1' }, FILES[0])).toBe(
    filesOf(WITHIN, 2)[FILES[0]],
  );
  const rosa = await PortalApi.ofPerson(first.url, 'rosa');
  const back = await rosa.post<ApiPromotion>(
    modelPath('mlflow', WITHIN, 'environments', 'staging', 'rollback'),
    { toVersion: '2', reason: 'It broke' },
  );
  expect(back.body).toMatchObject({
    state: 'live',
    copy: { source: 'mlflow', name: target, version: '1' },
  });
  expect(await aliasesOf(devOracle, target)).toMatchObject([
    { alias: 'challenger', version: '1' },
  ]);
  expect(await versionsOf(devOracle, target)).toHaveLength(2);
  expect(await liveIn(first, WITHIN, 'staging')).toMatchObject({
    version: '2',
    copy: { version: '1' },
  });
});
