import { expect } from '@playwright/test';
import { modelPath, PortalApi, type ErrorBody } from './support/PortalApi.ts';
import { test } from './support/demoPortal.ts';

const MODEL = modelPath('demo', 'car-loan-default');

interface ModelPage {
  items: Array<{ name: string; owner: string | null; task: string | null }>;
  totalItems: number;
  nextCursor: string | null;
  facets?: Record<string, Array<{ value: string | null; count: number }>>;
}

test.describe('what is asked for wrongly', () => {
  const WRONG: Array<[what: string, path: string, status: number]> = [
    ['an unknown filter', 'models?colour=red', 400],
    ['a filter with a value that it has not', 'models?drift=sideways', 400],
    ['an unknown order', 'models?sort=colour', 400],
    ['an unknown facet', 'models?facets=colour', 400],
    ['a broken cursor', 'models?cursor=not-a-cursor', 400],
    ['a cursor that decodes to nonsense', 'models?cursor=e30', 400],
    ['a limit of 0', 'models?limit=0', 400],
    ['a limit of 10⁹', 'models?limit=1000000000', 400],
    ['a limit of -1', 'models?limit=-1', 400],
    ['a limit of 1.5', 'models?limit=1.5', 400],
    ['a limit that is a word', 'models?limit=many', 400],
    ['a limit of 0 for versions', `${MODEL}/versions?limit=0`, 400],
    ['a broken cursor of versions', `${MODEL}/versions?cursor=zzz`, 400],
    ['the version abc', `${MODEL}/versions/abc`, 404],
    ['a version that is not there', `${MODEL}/versions/999`, 404],
    [
      'a metric that is not there',
      `${MODEL}/versions/1/metrics/x/history`,
      404,
    ],
    ['one version to compare', `${MODEL}/compare?versions=1`, 400],
    ['no version to compare', `${MODEL}/compare`, 400],
    [
      'a version to compare that is not there',
      `${MODEL}/compare?versions=1,999`,
      404,
    ],
    [
      'a source that is not there',
      modelPath('nowhere', 'car-loan-default'),
      404,
    ],
    ['a name with a slash', modelPath('demo', 'a/b'), 404],
    ['a name with dots, encoded', modelPath('demo', '%2e%2e'), 404],
    ['a path that climbs, encoded', modelPath('demo', '../../etc/passwd'), 404],
    ['an emoji', modelPath('demo', '🚗'), 404],
    ['a name of 500 characters', modelPath('demo', 'x'.repeat(500)), 404],
    ['an emoji of 500 characters', modelPath('demo', '🚗'.repeat(250)), 404],
    ['a quote', modelPath('demo', "a' or '1'='1"), 404],
    ['a broken percent', 'models/demo/%E0%A4%A', 400],
    ['a path that is not there', 'nothing', 404],
  ];
  for (const [what, path, status] of WRONG) {
    test(`${what} is ${status}`, async ({ demoPortal }) => {
      const api = new PortalApi(demoPortal.backendUrl, demoPortal.token);
      const answer = await api.get<ErrorBody>(path);
      expect(answer.status, JSON.stringify(answer.body)).toBe(status);
      expect(answer.body.response.statusCode).toBe(status);
      expect(answer.body.error.name).toBeTruthy();
      expect(answer.body.error.message).toBeTruthy();
      // the cause, and nothing of the inside
      expect(answer.body.error.message).not.toMatch(
        /select|SQLITE|\.ts:|node_modules/i,
      );
    });
  }

  test('a body that is not JSON is 400', async ({ demoPortal }) => {
    const api = new PortalApi(demoPortal.backendUrl, demoPortal.token);
    const answer = await api.request<ErrorBody>('POST', 'sources/demo/sync', {
      body: '{not json',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
  });
});

test.describe('who asks', () => {
  test('nobody is 401', async ({ demoPortal }) => {
    const nobody = new PortalApi(demoPortal.backendUrl, undefined);
    for (const path of ['models', MODEL, `${MODEL}/versions/1`, 'sources']) {
      expect((await nobody.get(path)).status).toBe(401);
    }
  });

  test('a wrong token is 401', async ({ demoPortal }) => {
    const stranger = new PortalApi(demoPortal.backendUrl, 'not-the-token');
    expect((await stranger.get('models')).status).toBe(401);
  });

  test('the service reads, but decides nothing', async ({ demoPortal }) => {
    const service = new PortalApi(demoPortal.backendUrl, demoPortal.token);
    expect((await service.get('models')).status).toBe(200);
    const decision = await service.post(`${MODEL}/risk-tier`, {
      tier: 'low',
      comment: 'A machine says so',
    });
    expect(decision.status).toBe(403);
  });

  for (const person of ['ada', 'grace', 'rosa', 'adam'] as const) {
    test(`${person} of the demo reads models`, async ({ demoPortal }) => {
      const api = await PortalApi.ofPerson(demoPortal.backendUrl, person);
      const page = await api.read<ModelPage>('models');
      expect(page.totalItems).toBeGreaterThanOrEqual(3);
    });
  }

  test('who is not of the demo gets no token', async ({ demoPortal }) => {
    const strangers: Array<Record<string, string>> = [
      { 'x-demo-user': 'mallory' },
      { 'x-demo-user': '__proto__' },
      {},
    ];
    for (const headers of strangers) {
      const response = await fetch(
        `${demoPortal.backendUrl}/api/auth/demo/refresh`,
        { headers },
      );
      expect(response.status).toBe(401);
    }
  });

  test('only who may confirms a risk tier, and it is recorded', async ({
    demoPortal,
  }) => {
    const model = modelPath('demo', 'diabetes-progression');
    const [ada, rosa] = await Promise.all([
      PortalApi.ofPerson(demoPortal.backendUrl, 'ada'),
      PortalApi.ofPerson(demoPortal.backendUrl, 'rosa'),
    ]);
    const decision = { tier: 'low', comment: 'Decides nothing about people.' };
    expect((await ada.post(`${model}/risk-tier`, decision)).status).toBe(403);
    const before = await ada.read<{ riskTier: string }>(model);
    expect(before.riskTier).toBe('high');
    expect((await rosa.post(`${model}/risk-tier`, decision)).status).toBe(201);
    expect(await ada.read(model)).toMatchObject({
      riskTier: 'low',
      riskTierConfirmed: { ...decision, by: 'user:default/rosa' },
    });
  });
});

test.describe('lists', () => {
  test('pages join up to the whole, once each', async ({ demoPortal }) => {
    const api = new PortalApi(demoPortal.backendUrl, demoPortal.token);
    const whole = await api.read<ModelPage>('models?limit=500');
    const byOne = await api.readAll<{ name: string }>('models', 1);
    expect(whole.nextCursor).toBeNull();
    expect(byOne.map(model => model.name)).toEqual(
      whole.items.map(model => model.name),
    );
    expect(whole.totalItems).toBe(whole.items.length);
  });

  test('filters, counts and facets say the same', async ({ demoPortal }) => {
    const api = new PortalApi(demoPortal.backendUrl, demoPortal.token);
    const whole = await api.read<ModelPage>('models?facets=owner,task');
    for (const field of ['owner', 'task'] as const) {
      for (const { value, count } of whole.facets?.[field] ?? []) {
        expect(
          whole.items.filter(model => model[field] === value),
        ).toHaveLength(count);
        if (value !== null) {
          const some = await api.read<ModelPage>(
            `models?${field}=${encodeURIComponent(value)}`,
          );
          expect(some.totalItems).toBe(count);
        }
      }
    }
    expect(whole.facets?.task?.length).toBeGreaterThanOrEqual(3);
  });

  test('the description of the API is OpenAPI 3.1', async ({ demoPortal }) => {
    const nobody = new PortalApi(demoPortal.backendUrl, undefined);
    const spec = await nobody.read<{
      openapi: string;
      paths: Record<string, unknown>;
    }>('openapi.json');
    expect(spec.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(spec.paths)).toContain(
      '/models/{source}/{name}/versions/{version}',
    );
  });
});
