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
import { MlflowOracle } from './support/MlflowOracle.ts';
import { modelPath, PortalApi, type ErrorBody } from './support/PortalApi.ts';
import {
  approvePromotion,
  type ApiPromotion,
  requestPromotion,
} from './support/promotions.ts';
import { registerVersions } from './support/registerVersions.ts';
import { OWNER, startTwoBackends } from './support/twoBackends.ts';

interface AuditItem {
  action: string;
  promotion: string | null;
}

const ALIAS = '/registered-models/alias';
const MODEL = '/registered-models/get?';

/** Models, by where the execution of their promotion is when the backend is killed. */
const MOMENTS: Record<
  string,
  { held: (asked: GateRequest, isMoved: boolean) => Hold | undefined }
> = {
  'before-asking-the-registry': {
    held: asked => (asked.path.includes(MODEL) ? 'before' : undefined),
  },
  'before-moving-the-alias': {
    held: asked => (isMove(asked) ? 'before' : undefined),
  },
  'while-moving-the-alias': {
    held: asked => (isMove(asked) ? 'after' : undefined),
  },
  'before-reading-back': {
    held: (asked, isMoved) =>
      isMoved && asked.path.includes(MODEL) ? 'before' : undefined,
  },
  'while-reading-back': {
    held: (asked, isMoved) =>
      isMoved && asked.path.includes(MODEL) ? 'after' : undefined,
  },
};
const CROWD = 'asked-by-a-hundred';

function isMove(asked: GateRequest): boolean {
  return asked.method === 'POST' && asked.path.endsWith(ALIAS);
}

/** The model that a request is about. */
function modelOf(asked: GateRequest): string | null {
  return isMove(asked)
    ? JSON.parse(asked.body).name
    : new URL(asked.path, 'http://registry').searchParams.get('name');
}

let postgres: Postgres;
let mlflow: Mlflow;
let gate: RegistryGate;
let first: Backend;
let second: Backend;
let oracle: MlflowOracle;

test.beforeAll(async () => {
  test.setTimeout(420_000);
  [postgres, mlflow] = await Promise.all([
    startPostgres(),
    startMlflow({ venv: 'mlflow3' }),
  ]);
  oracle = new MlflowOracle(mlflow.url);
  for (const model of [...Object.keys(MOMENTS), CROWD]) {
    await registerVersions(oracle, {
      model,
      versions: 2,
      owner: OWNER,
      author: 'ada@example.org',
      champion: '1',
    });
  }
  gate = await startRegistryGate(mlflow.url);
  const shared = {
    postgres: postgres.connection,
    mlflowUrl: gate.url,
    // All that are held are asked at once.
    config: { modelport_sources_mlflow_mlflow_concurrency: 32 },
  };
  [first, second] = await startTwoBackends(shared, {
    sources: ['mlflow'],
    model: CROWD,
  });
});

test.afterAll(async () => {
  for (const part of [first, second, gate, mlflow, postgres]) {
    await part?.stop();
  }
});

/** What the registry itself says. */
async function championOf(model: string): Promise<string | undefined> {
  const models = await oracle.models();
  return models
    .find(({ name }) => name === model)
    ?.aliases?.find(({ alias }) => alias === 'champion')?.version;
}

/** Waits until a promotion is live, and makes sure that it came to be so once. */
async function expectLiveOnce(
  model: string,
  promotion: ApiPromotion,
): Promise<AuditItem[]> {
  const api = new PortalApi(second.url, second.token);
  const live = await waitFor(
    `${model} to be live`,
    async () => {
      const now = await api.read<ApiPromotion>(`promotions/${promotion.id}`);
      return now.state === 'live' ? now : undefined;
    },
    { deadlineMs: 240_000, everyMs: 500 },
  );
  expect(live.execution.state).toBe('succeeded');
  expect(await championOf(model)).toBe('2');
  expect(
    gate.passed().filter(asked => isMove(asked) && modelOf(asked) === model),
  ).toHaveLength(1);
  const rosa = await PortalApi.ofPerson(second.url, 'rosa');
  const entries = (
    await rosa.readAll<AuditItem>(`audit?model=${encodeURIComponent(model)}`)
  ).filter(entry => entry.promotion === promotion.id);
  const count = (action: string) =>
    entries.filter(entry => entry.action === action).length;
  expect(count('promotion.live')).toBe(1);
  expect(count('promotion.execution-started')).toBe(1);
  expect(count('promotion.failed')).toBe(0);
  const { items } = await rosa.read<{
    items: Array<{ version: string | null; promotion: string | null }>;
  }>(modelPath('mlflow', model, 'environments', 'production', 'history'));
  expect(items.filter(period => period.version === '2')).toMatchObject([
    { promotion: promotion.id },
  ]);
  return entries;
}

test('a backend that is killed at any step of an execution is followed by another, and the alias moves once', async () => {
  test.setTimeout(420_000);
  const asked = new Map<string, ApiPromotion>();
  for (const model of Object.keys(MOMENTS)) {
    const promotion = await requestPromotion(first, { model });
    asked.set(model, promotion);
    const one = await approvePromotion(first, 'grace', promotion);
    expect(one.status, JSON.stringify(one.body)).toBe(201);
  }
  const moved = new Set<string>();
  gate.hold(held => {
    const model = modelOf(held) ?? '';
    const hold = MOMENTS[model]?.held(held, moved.has(model));
    if (isMove(held) && hold === undefined) {
      moved.add(model);
    }
    return hold;
  });
  // The last approval executes; none of these is ever answered.
  const dying = [...asked.values()].map(promotion =>
    approvePromotion(first, 'rosa', promotion).catch(() => undefined),
  );
  await waitFor(
    'every execution to be where it is to be killed',
    () => {
      const models = new Set(gate.held().map(modelOf));
      return Object.keys(MOMENTS).every(model => models.has(model));
    },
    { deadlineMs: 60_000 },
  );
  await first.kill();
  expect(await Promise.all(dying)).toEqual(dying.map(() => undefined));
  gate.open();
  for (const model of ['before-asking-the-registry', 'before-moving-the-alias'])
    expect(await championOf(model)).toBe('1');
  for (const model of ['while-moving-the-alias', 'before-reading-back'])
    expect(await championOf(model)).toBe('2');

  for (const [model, promotion] of asked) {
    const entries = await expectLiveOnce(model, promotion);
    expect(entries.map(({ action }) => action)).toContain(
      'promotion.execution-resumed',
    );
  }
  const rosa = await PortalApi.ofPerson(second.url, 'rosa');
  expect(await rosa.read('audit/verify')).toMatchObject({
    ok: true,
    firstBroken: null,
  });
  await first.startAgain();
});

test('of 100 decisions at once through two backends each person has one, and the rest are told', async () => {
  test.setTimeout(240_000);
  const promotion = await requestPromotion(first, { model: CROWD });
  const apis = new Map(
    await Promise.all(
      [first, second].flatMap(backend =>
        (['grace', 'rosa'] as const).map(
          async person =>
            [
              `${person} ${backend.url}`,
              await PortalApi.ofPerson(backend.url, person),
            ] as const,
        ),
      ),
    ),
  );
  for (const expected of [1, 2]) {
    const { revision } = await new PortalApi(
      second.url,
      second.token,
    ).read<ApiPromotion>(`promotions/${promotion.id}`);
    const answers = await Promise.all(
      Array.from({ length: 25 }).flatMap(() =>
        [...apis.values()].map(api =>
          api.post<ApiPromotion & ErrorBody>(
            `promotions/${promotion.id}/decisions`,
            { decision: 'approve', comment: null, revision },
          ),
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter(status => status === 201)).toHaveLength(1);
    expect(statuses.filter(status => status === 409)).toHaveLength(99);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.error.message).toMatch(
      /looked at revision|a decision counts once|nothing can be decided/,
    );
    const { decisions } = await new PortalApi(
      first.url,
      first.token,
    ).read<ApiPromotion>(`promotions/${promotion.id}`);
    expect(decisions).toHaveLength(expected);
  }
  await expectLiveOnce(CROWD, promotion);
});
