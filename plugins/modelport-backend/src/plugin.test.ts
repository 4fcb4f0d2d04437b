import { AuthenticationError } from '@backstage/errors';
import {
  mockCredentials,
  mockServices,
  TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import { startTestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const HOSTILE = '<img src=x onerror=alert(1)>';

describe('the API of modelport', () => {
  let backend: TestBackend;
  let source: FakeModelSource;
  const permissions = mockServices.permissions.mock();

  /** The headers of the portal's own catalog plugin. */
  const catalog = {
    authorization: mockCredentials.service.header({
      onBehalfOf: mockCredentials.service('plugin:catalog'),
      targetPluginId: 'modelport',
    }),
  };

  const get = (path: string) =>
    request(backend.server).get(`/api/modelport/v1${path}`);

  beforeAll(async () => {
    permissions.authorize.mockImplementation(async queries =>
      queries.map(() => ({ result: AuthorizeResult.ALLOW })),
    );
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ({ result: AuthorizeResult.ALLOW })),
    );
    source = new FakeModelSource('fake');
    source.putModel({
      name: 'credit',
      description: HOSTILE,
      tags: { owner: 'team-x', task: 'binary-classification', domain: 'loan' },
      aliases: { champion: '1' },
      createdAt: 1_700_000_000_000,
    });
    for (const version of ['1', '2', '10']) {
      source.putVersion(
        { model: 'credit', version, createdAt: 1_700_000_000_000 },
        {
          metrics: { test_roc_auc: Number(version) / 20, loss: NaN },
          evaluationSet: {
            id: version === '10' ? 'other' : 'june',
            hash: null,
          },
        },
        {
          signature: {
            inputs: [
              { name: 'age', type: 'long', required: true, shape: null },
              ...(version === '2'
                ? [{ name: 'new', type: 'long', required: true, shape: null }]
                : []),
            ],
            outputs: [],
            params: [],
          },
        },
      );
    }
    for (let index = 0; index < 30; index++) {
      source.putModel({ name: `model ${String(index).padStart(2, '0')}` });
    }
    source.putModel({ name: 'a/b', riskTier: 'low' });
    backend = await startTestPortal({
      source,
      until: '/models/fake/credit',
      features: [permissions.factory],
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Group',
          metadata: { name: 'team-x' },
          spec: {},
        },
      ],
    });
    await sourceInState('ok');
  });

  beforeEach(() => {
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ({ result: AuthorizeResult.ALLOW })),
    );
  });

  afterAll(async () => {
    await backend.stop();
  });

  it('gives a model with what follows from its tags and versions', async () => {
    const { body } = await get('/models/fake/credit').expect(200);
    expect(body).toMatchObject({
      source: 'fake',
      name: 'credit',
      entityRef: 'resource:default/credit',
      description: HOSTILE,
      owner: 'group:default/team-x',
      task: 'binary',
      riskTier: 'high',
      riskTierConfirmed: null,
      aliases: { champion: '1' },
      environments: [
        { environment: 'production', version: '1', since: null, observed: [] },
      ],
      latestVersion: '10',
      versionCount: 3,
      mainMetric: {
        key: 'test_roc_auc',
        value: 0.05,
        direction: 'higher',
        version: '1',
      },
      createdAt: '2023-11-14T22:13:20.000Z',
      stale: false,
    });
  });

  it('walks all models by cursor, each once, while models come', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`/models?limit=7${cursor}`).expect(200);
      expect(body.totalItems).toBe(32);
      seen.push(...body.items.map((m: { name: string }) => m.name));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(seen).toHaveLength(32);
    expect(new Set(seen).size).toBe(32);
    expect([...seen].sort()).toEqual(seen);
  });

  it.each([
    '-name',
    'owner',
    '-owner',
    'mainMetric',
    '-mainMetric',
    'drift',
    'riskTier',
    '-updatedAt',
    'versionCount',
    'cardCompleteness',
  ])('sorts by %s over pages without losing any', async sort => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(
        `/models?limit=5&sort=${sort}${cursor}`,
      ).expect(200);
      seen.push(...body.items.map((m: { name: string }) => m.name));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(new Set(seen).size).toBe(32);
    expect(seen).toHaveLength(32);
  });

  it.each([
    ['q=CREDIT', 1],
    ['q=team-x', 1],
    ['q=loan%20credit', 1],
    ['q=100%25', 0],
    ['tag=domain', 1],
    ['tag=domain=loan', 1],
    ['tag=domain:loan', 1],
    ['tag=domain=other', 0],
    [`tag=${'='.repeat(1500)}`, 0],
    ['owner=group:default/team-x', 1],
    ['owner=none', 31],
    ['stage=production', 1],
    ['riskTier=low', 0],
    ['riskTier=high', 32],
    ['card=missing', 32],
    ['task=binary&task=regression', 1],
    ['entityRef=resource:default/credit', 1],
    ['entityRef=component:default/credit', 0],
  ])('filters by %s', async (query, count) => {
    const { body } = await get(`/models?${query}`).expect(200);
    expect(body.totalItems).toBe(count);
    expect(body.items).toHaveLength(count);
  });

  it('counts facets under the other filters', async () => {
    const { body } = await get(
      '/models?facets=owner,task,stage,tag,card,riskTier&owner=none&limit=1',
    ).expect(200);
    expect(body.facets.owner).toEqual([
      { value: null, count: 31 },
      { value: 'group:default/team-x', count: 1 },
    ]);
    expect(body.facets.task).toEqual([{ value: null, count: 31 }]);
    expect(body.facets.stage).toEqual([]);
    expect(body.facets.card).toEqual([{ value: 'missing', count: 31 }]);
  });

  it.each([
    ['/models?unknown=1', 400],
    ['/models?cursor=nonsense', 400],
    ['/models?cursor=', 400],
    ['/models/fake/credit/versions?cursor=', 400],
    ['/models?owner=%00', 400],
    [
      `/models?cursor=${Buffer.from(
        '{"sort":"name","value":1,"id":1e300}',
      ).toString('base64url')}`,
      400,
    ],
    ['/models?limit=0', 400],
    ['/models?limit=1000000000', 400],
    ['/models?limit=abc', 400],
    ['/models?limit=1e2', 400],
    ['/models?limit=%205', 400],
    ['/models?limit=%2B5', 400],
    ['/models?limit=0x10', 400],
    ['/models?limit=5.0', 400],
    ['/models?limit=', 400],
    ['/models?limit=5&limit=6', 400],
    ['/models?limit[a]=5', 400],
    ['/models?facets=nothing', 400],
    ['/models?riskTier=extreme', 400],
    ['/models?sort=password', 400],
    ['/nothing', 404],
    ['/models/fake/none', 404],
    ['/models/nowhere/credit', 404],
    ['/models/fake/credit/versions/abc', 404],
    ['/models/fake/credit/versions/%00', 404],
    ['/models/fake/%252e%252e', 404],
    [`/models/fake/${encodeURIComponent('😀')}`, 404],
    [`/models/fake/${'x'.repeat(500)}`, 404],
    ['/models/fake/%00', 404],
    ['/models/fake/%E0%A4%A', 400],
    ['/models/fake/credit/compare?versions=1', 400],
    ['/models/fake/credit/compare?versions=1,1', 400],
    ['/models/fake/credit/compare?versions=1,,2', 400],
    ['/models/fake/credit/compare?versions=1,77', 404],
    ['/models/fake/credit/compare?versions=1&versions=', 400],
    ['/models/fake/credit/compare?versions=1&versions=2,10', 404],
    [`/models/fake/credit/compare?${'versions=1&'.repeat(11)}`, 400],
    ['/models/fake/credit/compare?versions=1,%00', 404],
    ['/models/fake/credit/versions/1/metrics/none/history', 404],
  ])('answers %s with %d in the shape of Backstage', async (path, status) => {
    const { body } = await get(path).expect(status);
    expect(body).toMatchObject({
      error: { name: expect.any(String), message: expect.any(String) },
      response: { statusCode: status },
    });
  });

  it('finds a model whose name has a slash', async () => {
    const { body } = await get('/models/fake/a%2Fb').expect(200);
    expect(body).toMatchObject({
      name: 'a/b',
      entityRef: expect.stringMatching(/^resource:default\/a-b-[0-9a-f]{8}$/),
      riskTier: 'high',
      riskTierProposed: 'low',
    });
  });

  it('lists versions in the order of their numbers, newest first', async () => {
    const { body } = await get('/models/fake/credit/versions?limit=2').expect(
      200,
    );
    expect(body.items.map((v: { version: string }) => v.version)).toEqual([
      '10',
      '2',
    ]);
    const next = await get(
      `/models/fake/credit/versions?limit=2&cursor=${body.nextCursor}`,
    ).expect(200);
    expect(next.body.items[0]).toMatchObject({
      version: '1',
      aliases: ['champion'],
      metrics: { loss: 'NaN', test_roc_auc: 0.05 },
    });
    expect(next.body.nextCursor).toBeNull();
  });

  it('names a winner only on the same evaluation set', async () => {
    const { body } = await get(
      '/models/fake/credit/compare?versions=1,2,10',
    ).expect(200);
    const auc = body.metrics.find(
      (m: { key: string }) => m.key === 'test_roc_auc',
    );
    expect(auc).toMatchObject({
      direction: 'higher',
      differs: true,
      values: [
        { version: '1', delta: null },
        { version: '2', comparability: 'same', better: true },
        { version: '10', comparability: 'different', better: null },
      ],
    });
    expect(auc.values[1].delta).toBeCloseTo(0.05, 12);
    const loss = body.metrics.find((m: { key: string }) => m.key === 'loss');
    expect(loss).toMatchObject({ differs: false });
    expect(loss.values[1]).toMatchObject({ delta: null, better: null });
    expect(body.signatureChanges).toEqual([
      expect.objectContaining({
        version: '2',
        part: 'inputs',
        column: 'new',
        change: 'added',
        breaking: true,
      }),
    ]);
    expect(body.warnings).toHaveLength(1);
  });

  it('reads a history once, and keeps artefact lists while the source is down', async () => {
    const history = '/models/fake/credit/versions/1/metrics/loss/history';
    await get(history).expect(200, {
      items: [{ step: 0, time: null, value: 'NaN' }],
    });
    const artefacts = '/models/fake/credit/versions/1/artefacts';
    await get(artefacts).expect(200);
    source.onCall = () => {
      throw new Error('connection refused');
    };
    await get(history).expect(200);
    const { body } = await get(artefacts).expect(200);
    expect(body.items).toHaveLength(1);
    expect(body.message).toContain('connection refused');
    await get('/models/fake/credit/versions/2/artefacts').expect(503);
    source.onCall = () => {};
  });

  it('lets only people confirm a risk tier, and records who and when', async () => {
    const post = (name: string, credentials: string) =>
      request(backend.server)
        .post(`/api/modelport/v1/models/fake/${name}/risk-tier`)
        .set('authorization', credentials)
        .send({ tier: 'low', comment: 'reviewed' });
    await post('a%2Fb', mockCredentials.service.header()).expect(403);
    await post('a%2Fb', mockCredentials.none.header()).expect(401);
    const before = await get('/changes?limit=500').set(catalog).expect(200);
    const { body } = await post('a%2Fb', mockCredentials.user.header()).expect(
      201,
    );
    expect(body).toMatchObject({
      riskTier: 'low',
      riskTierConfirmed: {
        tier: 'low',
        by: 'user:default/mock',
        comment: 'reviewed',
      },
    });
    const changes = await get(`/changes?cursor=${before.body.nextCursor}`)
      .set(catalog)
      .expect(200);
    expect(changes.body.items).toEqual([
      expect.objectContaining({
        name: 'a/b',
        model: expect.objectContaining({ riskTier: 'low' }),
      }),
    ]);
    const activity = await get('/models/fake/a%2Fb/activity').expect(200);
    expect(activity.body.items[0]).toMatchObject({
      kind: 'risk-tier-confirmed',
      by: 'user:default/mock',
    });
    await request(backend.server)
      .post('/api/modelport/v1/models/fake/credit/risk-tier')
      .send({ tier: 'none', comment: '' })
      .expect(400);
  });

  it('shows only what the caller may read', async () => {
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'modelport',
        resourceType: 'modelport-model',
        conditions: {
          anyOf: [
            {
              resourceType: 'modelport-model',
              rule: 'IS_OWNED_BY',
              params: { claims: ['group:default/team-x'] },
            },
            {
              not: {
                resourceType: 'modelport-model',
                rule: 'HAS_RISK_TIER',
                params: { tiers: ['low', 'high'] },
              },
            },
          ],
        },
      })),
    );
    // What a token may read is remembered for some seconds, so each decision gets a token of its own.
    const restricted = {
      authorization: mockCredentials.user.header('user:default/restricted'),
    };
    const refused = {
      authorization: mockCredentials.user.header('user:default/refused'),
    };
    const { body } = await get('/models?facets=riskTier')
      .set(restricted)
      .expect(200);
    expect(body.items.map((m: { name: string }) => m.name)).toEqual(['credit']);
    expect(body.facets.riskTier).toEqual([{ value: 'high', count: 1 }]);
    await get('/models/fake/a%2Fb').set(restricted).expect(404);
    await get('/models/fake/model%2000/versions').set(restricted).expect(404);
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ({ result: AuthorizeResult.DENY })),
    );
    await get('/models').set(refused).expect(403);
  });

  it('asks for credentials', async () => {
    const anonymous = { authorization: mockCredentials.none.header() };
    expect((await get('/models').set(anonymous)).status).toBe(401);
    expect((await get('/sources').set(anonymous)).status).toBe(401);
  });

  it("tells the portal's plugins what changed, and joins hand-written entities", async () => {
    const service = { authorization: mockCredentials.service.header() };
    await get('/changes').set(service).expect(403);
    await request(backend.server)
      .put('/api/modelport/v1/entities/claims')
      .set(service)
      .send({ items: [] })
      .expect(403);
    const first = await get('/changes?limit=500').set(catalog).expect(200);
    expect(first.body).toMatchObject({ more: false });
    expect(first.body.items).toHaveLength(32);
    await request(backend.server)
      .put('/api/modelport/v1/entities/claims')
      .set(catalog)
      .send({
        items: [
          { source: null, name: 'credit', entityRef: 'component:default/mine' },
        ],
      })
      .expect(204);
    const next = await get(`/changes?cursor=${first.body.nextCursor}`)
      .set(catalog)
      .expect(200);
    expect(next.body.items).toEqual([
      expect.objectContaining({
        name: 'credit',
        generatedEntityName: 'credit',
        claimedBy: 'component:default/mine',
        model: expect.objectContaining({ entityRef: 'component:default/mine' }),
      }),
    ]);
    await request(backend.server)
      .put('/api/modelport/v1/entities/claims')
      .set(catalog)
      .send({ items: [{ source: null, name: 'credit', entityRef: 'mine' }] })
      .expect(400);
    expect((await get('/models/fake/credit')).body.entityRef).toBe(
      'component:default/mine',
    );
    await get('/changes').expect(403);
  });

  it('serves its own OpenAPI 3.1 file to anyone', async () => {
    const { body } = await get('/openapi.json')
      .set('authorization', mockCredentials.none.header())
      .expect(200);
    expect(body.openapi).toBe('3.1.0');
    expect(body.paths['/models']).toBeDefined();
  });

  it('passes over a source when asked', async () => {
    source.putModel({ name: 'late' });
    await sync();
    await waitFor(async () => (await get('/models/fake/late')).status === 200);
    const none = await request(backend.server).post(
      '/api/modelport/v1/sources/none/sync',
    );
    expect(none.status).toBe(404);
  });

  it('compares versions whose names hold commas, each named once', async () => {
    source.putModel({ name: 'commas' });
    ['a,1', 'b'].forEach(version =>
      source.putVersion({ model: 'commas', version }),
    );
    await sync();
    const path = '/models/fake/commas';
    await waitFor(async () => (await get(path)).body.versionCount === 2);
    const { body } = await get(
      `${path}/compare?versions=a%2C1&versions=b`,
    ).expect(200);
    expect(body.versions.map((v: { version: string }) => v.version)).toEqual([
      'a,1',
      'b',
    ]);
    await get(`${path}/compare?versions=a,1,b`).expect(404);
  });

  it.each([
    ['a long comment', 'post', '/models/fake/credit/risk-tier', longComment()],
    ['a long name', 'put', '/entities/claims', claims(1, 'x'.repeat(513))],
    ['many claims', 'put', '/entities/claims', claims(20_001, 'x')],
    ['unknown fields', 'put', '/entities/claims', { items: [], more: 'x' }],
  ] as const)('refuses a body with %s', async (_, method, path, body) => {
    const agent = request(backend.server);
    const answer = await agent[method](`/api/modelport/v1${path}`)
      .set(catalog)
      .send(body);
    expect(answer.status).toBe(400);
  });

  it('keeps everything, marked stale, while the source fails', async () => {
    source.onCall = () => {
      throw new Error('502 Bad Gateway');
    };
    await sync();
    const failing = await sourceInState('failing');
    expect(failing.errors).toEqual([
      { where: 'fake', message: '502 Bad Gateway', at: expect.any(String) },
    ]);
    expect(failing.models).toBeGreaterThan(30);
    const { body } = await get('/models/fake/credit').expect(200);
    expect(body).toMatchObject({ stale: true, versionCount: 3 });
    source.onCall = () => {};
    await sync();
    await sourceInState('ok');
    expect((await get('/models/fake/credit')).body.stale).toBe(false);
  });

  it('passes over the model that a webhook is about, and no other', async () => {
    const webhook = () =>
      request(backend.server)
        .post('/api/modelport/v1/webhooks/fake')
        .set('authorization', mockCredentials.none.header())
        .send({ any: 'body' });
    expect((await webhook()).status).toBe(404);
    source.readWebhook = async ({ body }) => {
      if (!body.includes('body')) {
        throw new AuthenticationError('The signature does not hold');
      }
      return { deliveryId: '1', models: ['credit'] };
    };
    source.putModel({ name: 'credit', aliases: { champion: '2' } });
    const taken = await webhook();
    expect(taken.status).toBe(202);
    expect(taken.body).toEqual({ models: ['credit'] });
    const replayed = await webhook();
    expect(replayed.status).toBe(202);
    expect(replayed.body).toEqual({ models: [] });
    await waitFor(async () => {
      const { body } = await get('/models/fake/credit');
      return body.aliases.champion === '2';
    });
    const forged = await request(backend.server)
      .post('/api/modelport/v1/webhooks/fake')
      .set('authorization', mockCredentials.none.header())
      .send({});
    expect(forged.status).toBe(401);
    const unknown = await request(backend.server)
      .post('/api/modelport/v1/webhooks/nowhere')
      .set('authorization', mockCredentials.none.header())
      .send({});
    expect(unknown.status).toBe(404);
  });

  function sync() {
    return request(backend.server)
      .post('/api/modelport/v1/sources/fake/sync')
      .expect(202);
  }

  async function sourceInState(state: string) {
    return waitFor(async () => {
      const { body } = await get('/sources');
      return body.items?.[0]?.state === state ? body.items[0] : undefined;
    });
  }
});

function longComment() {
  return { tier: 'high', comment: 'x'.repeat(5001) };
}

function claims(count: number, name: string) {
  const claim = { source: null, name, entityRef: 'component:default/x' };
  return { items: Array.from({ length: count }, () => claim) };
}

/** Asks again until there is an answer; every round makes requests of its own, so that the backend gets its turns. */
async function waitFor<T>(
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  for (let tries = 0; tries < 1000; tries++) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
  }
  throw new Error('It did not come true');
}
