import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { modelSourcesExtensionPoint } from '@modelport/plugin-modelport-node';
import request from 'supertest';
import modelportPlugin from '..';
import {
  ADA,
  GRACE,
  PEOPLE,
  RISK,
  ROSA,
  testSource,
} from './__testUtils__/createTestPromotions';

jest.setTimeout(60_000);

const SERVICE = mockCredentials.service.header();
/** Nobody whose answers of the permission framework are remembered. */
const EVE = 'user:default/nobody';
const MODEL = '/models/fake/credit';

describe('the API of promotions and audit', () => {
  const directory = createMockDirectory();
  const permissions = mockServices.permissions.mock();
  let denied: string[];
  let backend: TestBackend;

  const allowOrDeny = (
    name: string,
  ): { result: AuthorizeResult.ALLOW | AuthorizeResult.DENY } => ({
    result: denied.includes(name)
      ? AuthorizeResult.DENY
      : AuthorizeResult.ALLOW,
  });
  const as = (who: string) =>
    who === 'service' ? SERVICE : mockCredentials.user.header(who);
  const get = (path: string, who = ADA) =>
    request(backend.server)
      .get(`/api/modelport/v1${path}`)
      .set('authorization', as(who));
  const post = (path: string, body: object = {}, who = ADA) =>
    request(backend.server)
      .post(`/api/modelport/v1${path}`)
      .set('authorization', as(who))
      .send(body);
  const ask = (version = '2', who = ADA) =>
    post(
      '/promotions',
      {
        source: 'fake',
        name: 'credit',
        version,
        environment: 'production',
        reason: 'It is better',
      },
      who,
    );
  const decide = (
    promotion: { id: string; revision: number },
    who: string,
    decision = 'approve',
    more = {},
  ) =>
    post(
      `/promotions/${promotion.id}/decisions`,
      { decision, comment: 'seen', revision: promotion.revision, ...more },
      who,
    );

  beforeEach(async () => {
    denied = [];
    const decideOn = async (queries: Array<{ permission: { name: string } }>) =>
      queries.map(({ permission }) => allowOrDeny(permission.name));
    permissions.authorize.mockImplementation(decideOn);
    permissions.authorizeConditional.mockImplementation(decideOn);
    const source = testSource();
    source.capabilities.push('setTraffic');
    backend = await startTestBackend({
      features: [
        modelportPlugin,
        permissions.factory,
        catalogServiceMock.factory({ entities: PEOPLE }),
        mockServices.rootConfig.factory({
          data: {
            modelport: {
              promotions: {
                riskGroups: ['model-risk'],
                commits: { required: false },
                rollouts: [
                  { kind: 'direct' },
                  { kind: 'canary', steps: [{ percent: 10 }] },
                ],
                gates: [
                  {
                    id: 'auc',
                    type: 'metric-limit',
                    metric: 'roc_auc',
                    min: 0.7,
                    minimumRows: 0,
                  },
                ],
              },
            },
          },
        }),
        createBackendModule({
          pluginId: 'modelport',
          moduleId: 'fake',
          register(env) {
            env.registerInit({
              deps: { sources: modelSourcesExtensionPoint },
              async init({ sources }) {
                sources.addProvider({
                  id: 'fake',
                  kind: 'fake',
                  url: null,
                  discover: async () => [source],
                });
              },
            });
          },
        }),
      ],
    });
    const end = Date.now() + 30_000;
    for (;;) {
      const { body } = await get('/models/fake/credit');
      const versions = await get(`${MODEL}/versions/3`);
      if (body.owner && versions.body.metrics?.roc_auc) {
        break;
      }
      if (Date.now() > end) {
        throw new Error('The model did not come');
      }
    }
  });
  afterEach(() => backend.stop());

  it('walks a promotion from the preview to the rollback, and its audit', async () => {
    const preview = await get(
      `${MODEL}/versions/2/promotion-preview?environment=production`,
    ).expect(200);
    expect(preview.body).toMatchObject({
      fromVersion: '1',
      environments: ['staging', 'production'],
      gates: [{ id: 'auc', outcome: 'pass' }, { id: 'authors' }],
      quorum: { required: 2, given: 0, differentGroups: true },
      reach: { state: 'can', needsYou: false },
      effect: { possible: true },
      problems: [],
      request: { allowed: true, reason: null },
    });
    const asked = await ask().expect(201);
    expect(asked.body).toMatchObject({
      state: 'requested',
      actions: {
        approve: {
          allowed: false,
          reason: expect.stringContaining('own work'),
        },
        withdraw: { allowed: true },
      },
    });
    const { id } = asked.body;
    const models = await get('/models?review=awaiting&facets=review');
    expect(models.body).toMatchObject({
      totalItems: 1,
      facets: { review: [{ value: 'awaiting', count: 1 }] },
    });
    expect(
      (await get('/promotions?waitingFor=me', GRACE)).body.totalItems,
    ).toBe(1);
    expect((await get('/promotions?waitingFor=me', ADA)).body.totalItems).toBe(
      0,
    );
    expect((await get('/promotion-counts', ROSA)).body).toEqual({
      waitingForMe: 1,
      states: [{ state: 'requested', count: 1 }],
    });
    expect((await get(`/promotions/${id}`, ROSA)).body).toMatchObject({
      reach: {
        state: 'can',
        needsYou: true,
        lastOf: ['group:default/model-risk'],
      },
      changedMeasurements: null,
      decidedAt: null,
    });
    expect((await get('/promotions')).body.items[0].reach).toBeNull();
    await decide(asked.body, ADA).expect(403);
    await decide(asked.body, 'service').expect(403);
    const due = new Date(Date.now() + 86_400_000).toISOString();
    const one = await decide(asked.body, GRACE, 'approve', {
      conditions: [{ text: 'Watch it', owner: ADA, due }],
    }).expect(201);
    await decide(asked.body, ROSA).expect(409);
    await post(`/promotions/${id}/comments`, { text: 'Go' }, GRACE).expect(201);
    const live = await decide(one.body, ROSA).expect(201);
    expect(live.body).toMatchObject({
      state: 'live',
      reach: null,
      decidedAt: expect.stringMatching(/Z$/),
      findings: [
        {
          kind: 'condition',
          text: `Watch it (${ADA}, due on ${due.slice(0, 10)})`,
        },
      ],
      comments: [{ by: GRACE, text: 'Go' }],
    });
    await post(
      `/promotions/${id}/conditions/1/close`,
      { text: 'Watched' },
      ADA,
    ).expect(201);
    expect((await get('/models?review=awaiting')).body.totalItems).toBe(0);
    const targets = await get(`${MODEL}/environments/production/rollback`);
    expect(targets.body.items).toMatchObject([
      { version: '1', possible: true },
    ]);
    const back = await post(
      `${MODEL}/environments/production/rollback`,
      { toVersion: '1', reason: 'It broke' },
      GRACE,
    ).expect(201);
    expect(back.body).toMatchObject({
      kind: 'rollback',
      state: 'live',
      version: '1',
    });
    expect((await get(`${MODEL}/environments`)).body.items[1]).toMatchObject({
      version: '1',
      status: 'live',
    });
    expect(
      (await get(`${MODEL}/environments/production/history`)).body.totalItems,
    ).toBe(3);
    const done = await get('/audit?actor=grace&action=promotion').expect(200);
    expect(
      done.body.items.map(({ action }: { action: string }) => action),
    ).toContain('promotion.decision-approve');
    expect((await get('/audit?to=2020-01-01T00:00:00Z')).body).toMatchObject({
      items: [],
    });
    await get('/audit?from=monday').expect(400);
    const audit = await get('/audit?model=credit').expect(200);
    expect(audit.body.items[0]).toMatchObject({
      action: 'promotion.rolled-back',
    });
    expect((await get('/audit/verify')).body).toMatchObject({
      ok: true,
      firstBroken: null,
    });
  });

  it('gives a pack that standard tools check', async () => {
    const asked = await ask().expect(201);
    await post(
      `/promotions/${asked.body.id}/comments`,
      { text: 'Said' },
      GRACE,
    ).expect(201);
    const pack = await get(`/promotions/${asked.body.id}/evidence-pack`)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', chunk => chunks.push(Buffer.from(chunk)));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200)
      .expect('content-type', 'application/gzip');
    directory.setContent({});
    const path = directory.resolve('pack.tar.gz');
    writeFileSync(path, pack.body);
    const sh = (script: string) =>
      execFileSync('bash', ['-c', script], {
        cwd: directory.path,
        encoding: 'utf8',
      });
    sh('tar xzf pack.tar.gz');
    expect(sh('sha256sum -c SHA256SUMS')).not.toContain('FAILED');
    expect(sh('cat chain.ndjson')).toContain('promotion.requested');
    expect(JSON.parse(sh('cat promotion.json')).comments).toMatchObject([
      { by: GRACE, text: 'Said' },
    ]);
    expect(sh('cat README.md')).toContain('sha256sum -c SHA256SUMS');
    sh('echo x >> promotion.json');
    expect(() => sh('sha256sum -c SHA256SUMS 2>&1')).toThrow();
  });

  it('asks the permission framework on every route', async () => {
    const asked = await ask().expect(201);
    const { id, revision } = asked.body;
    denied = [
      'modelport.promotions.request',
      'modelport.promotions.decide',
      'modelport.promotions.waive',
      'modelport.promotions.execute',
      'modelport.promotions.rollback',
      'modelport.audit.read',
    ];
    await ask('3').expect(403);
    await decide(asked.body, GRACE).expect(403);
    const waiver = {
      gate: 'auc',
      reason: 'r',
      control: 'c',
      expiresAt: new Date(Date.now() + 100_000).toISOString(),
      revision,
    };
    await post(`/promotions/${id}/waivers`, waiver, ROSA).expect(403);
    await post(`/promotions/${id}/withdraw`).expect(403);
    await post(`/promotions/${id}/execute`, {}, ROSA).expect(403);
    await post(`/promotions/${id}/next`, { revision }, ROSA).expect(403);
    await post(`/promotions/${id}/abort`, { reason: 'r' }, ROSA).expect(403);
    await post(`${MODEL}/environments/production/rollback`, {
      toVersion: '1',
      reason: 'r',
    }).expect(403);
    await get('/audit').expect(403);
    await get('/audit/verify').expect(403);
    expect((await get(`/promotions/${id}`, GRACE)).body.actions).toMatchObject({
      approve: { allowed: false },
      waive: { allowed: false },
      execute: { allowed: false },
      next: { allowed: false },
      abort: { allowed: false },
    });
    denied = [];
    await post(`/promotions/${id}/next`, { revision }, 'service').expect(403);
    await post(`/promotions/${id}/abort`, { reason: 'r' }, 'service').expect(
      403,
    );
    await post(`/promotions/${id}/waivers`, waiver, 'service').expect(403);
    await post(`/promotions/${id}/comments`, { text: 'x' }, 'service').expect(
      403,
    );
    denied = ['modelport.models.read'];
    await get('/promotions', EVE).expect(403);
    await get(`/promotions/${id}`, EVE).expect(403);
    await get(`/promotions/${id}/evidence-pack`, EVE).expect(403);
    await get(`${MODEL}/environments`, EVE).expect(403);
  });

  it('lays conditions on users and groups of the catalog alone, and keeps nothing of others', async () => {
    const { body: asked } = await ask().expect(201);
    const due = new Date(Date.now() + 86_400_000).toISOString();
    const approve = (...owners: string[]) =>
      decide(asked, GRACE, 'approve', {
        conditions: owners.map(owner => ({ text: 'Watch it', owner, due })),
      });
    for (const [owner, why] of [
      ['somebody', 'the catalog knows no somebody (user:default/somebody)'],
      ['user:default/gone', 'the catalog knows no user:default/gone'],
      ['component:default/ada', 'component:default/ada is no user'],
      ['Ada Lovelace', 'the catalog knows no Ada Lovelace'],
      ['<b>ada</b>', 'The owner of condition 2 cannot meet it'],
      [' ', '" " names nobody'],
    ]) {
      const { body } = await approve(ADA, owner).expect(400);
      expect(body.error.message).toContain(why);
      expect(body.error.message).toContain('Nothing was kept');
    }
    const path = `/promotions/${asked.id}`;
    expect((await get(path, GRACE)).body).toMatchObject({
      revision: asked.revision,
      decisions: [],
      conditions: [],
    });
    const { body: kept } = await approve('Ada', RISK).expect(201);
    expect(kept.conditions).toMatchObject([{ owner: ADA }, { owner: RISK }]);
    const { body: closed } = await post(
      `${path}/conditions/1/close`,
      { text: 'Watched for a week' },
      ADA,
    ).expect(201);
    expect(closed.conditions).toMatchObject([
      { closedBy: ADA, closingComment: 'Watched for a week' },
      { closedBy: null, closingComment: null },
    ]);
  });

  it('keeps no text that a database would give back otherwise', async () => {
    const { body: asked } = await ask().expect(201);
    const path = `/promotions/${asked.id}`;
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const waiver = { gate: 'auc', reason: 'r', control: 'c', expiresAt };
    for (const bad of ['a\0b', 'a\ud800b', 'a\udc00']) {
      const refused = [
        await post(`${path}/comments`, { text: bad }, GRACE),
        await decide(asked, GRACE, 'approve', { comment: bad }),
        await decide(asked, GRACE, 'approve', {
          conditions: [{ text: bad, owner: ADA, due: expiresAt }],
        }),
        await post(
          `${path}/waivers`,
          { ...waiver, control: bad, revision: 1 },
          GRACE,
        ),
        await post(`${path}/abort`, { reason: bad }, GRACE),
        await post(
          `${MODEL}/environments/production/rollback`,
          { toVersion: '1', reason: bad },
          GRACE,
        ),
      ];
      expect(refused.map(({ status }) => status)).toEqual(
        refused.map(() => 400),
      );
      expect(refused[2].body.error.message).toContain(
        'conditions.0.text holds the null character or half of a character',
      );
    }
    await post(`${path}/comments`, { text: 'Fine \u{1f600}' }, GRACE).expect(
      201,
    );
    const { body } = await get(path);
    expect(body.comments).toHaveLength(1);
    expect(body.decisions).toEqual([]);
    // Lists carry no conversations along.
    const list = await get('/promotions').expect(200);
    expect(list.body.items).toMatchObject([{ id: asked.id, comments: null }]);
  });

  it('goes by steps, on and back', async () => {
    const preview = await get(
      `${MODEL}/versions/2/promotion-preview?environment=production`,
    );
    expect(preview.body.rollouts).toMatchObject([
      { kind: 'direct', possible: true },
      {
        kind: 'canary',
        possible: true,
        steps: [{ percent: 10, mode: 'live', holdSeconds: 0 }],
      },
      { kind: 'shadow', possible: false },
      { kind: 'ab', possible: false },
    ]);
    const of = {
      source: 'fake',
      name: 'credit',
      version: '2',
      environment: 'production',
      reason: 'It is better',
    };
    await post('/promotions', { ...of, rollout: 'ab' }).expect(400);
    await post('/promotions', { ...of, rollout: 'slowly' }).expect(400);
    const asked = await post('/promotions', { ...of, rollout: 'canary' });
    expect(asked.body.rollout).toMatchObject({ step: 0, waitsFor: null });
    const path = `/promotions/${asked.body.id}`;
    await post(`${path}/next`, { revision: 1 }, ROSA).expect(409);
    await post(`${path}/abort`, { reason: 'r' }, ROSA).expect(409);
    const first = await decide(asked.body, GRACE).expect(201);
    const step = await decide(first.body, ROSA).expect(201);
    expect(step.body).toMatchObject({
      state: 'executing',
      rollout: { step: 1, waitsFor: 'person' },
    });
    const { actions, revision } = (await get(path, ROSA)).body;
    expect(actions).toMatchObject({
      next: { allowed: true },
      abort: { allowed: true },
    });
    const stale = await post(`${path}/next`, { revision: 1 }, ROSA);
    expect(stale.status).toBe(409);
    expect(stale.body.error.message).toContain('looked at revision 1');
    await post(`${path}/abort`, {}, ROSA).expect(400);
    const live = await post(`${path}/next`, { revision }, ROSA).expect(201);
    expect(live.body).toMatchObject({
      state: 'live',
      rollout: { waitsFor: null },
    });
    await post(`${path}/abort`, { reason: 'r' }, ROSA).expect(409);
  });

  it('says what is wrong with a request', async () => {
    await ask('9').expect(404);
    await ask('1').expect(409);
    await post('/promotions', { source: 'fake' }).expect(400);
    await get('/promotions/77').expect(404);
    await get('/promotions/x').expect(404);
    await get('/promotions?state=nothing').expect(400);
    await get(`${MODEL}/environments?at=yesterday`).expect(400);
    const future = await get(
      `${MODEL}/environments?at=2999-01-01T00:00:00Z`,
    ).expect(400);
    expect(future.body.error.message).toContain('which is still to come');
    await get(`${MODEL}/versions/2/promotion-preview?environment=moon`).expect(
      400,
    );
    await post(`${MODEL}/environments/production/rollback`, {
      toVersion: '2',
      reason: 'r',
    }).expect(409);
    const asked = await ask().expect(201);
    await ask().expect(409);
    await post(`/promotions/${asked.body.id}/execute`, {}, ROSA).expect(409);
    const refused = await decide(asked.body, GRACE, 'refuse').expect(201);
    expect(refused.body.state).toBe('refused');
    await decide(asked.body, ROSA).expect(409);
    await post(`/promotions/${asked.body.id}/withdraw`).expect(409);
  });

  it('lets a service say what serves, and nobody else', async () => {
    const put = (who: string, body: object) =>
      request(backend.server)
        .put(`/api/modelport/v1${MODEL}/environments/production/observed`)
        .set('authorization', as(who))
        .send(body);
    const items = [{ version: '1', share: 1 }];
    expect((await put(ADA, { items })).status).toBe(403);
    const told = await put('service', { items });
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({
      environment: 'production',
      version: '1',
      observed: [{ version: '1', share: 1 }],
    });
    expect((await put('service', { items: [{}] })).status).toBe(400);
    denied = ['modelport.evidence.push'];
    expect((await put('service', { items })).status).toBe(403);
  });

  it('lets a service ask, and nothing more', async () => {
    const asked = await ask('2', 'service').expect(201);
    expect(asked.body.requestedBy).toMatch(/^service:/);
    expect(asked.body.actions.comment.allowed).toBe(false);
    await decide(asked.body, ADA).expect(403);
    expect(
      (await get('/promotions?waitingFor=me', 'service')).body.items,
    ).toEqual([]);
  });
});
