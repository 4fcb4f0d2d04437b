import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { Source } from '@modelport/plugin-modelport-common';
import { modelSourcesExtensionPoint } from '@modelport/plugin-modelport-node';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import modelportPlugin from '..';

jest.setTimeout(60_000);

/** What a policy answers for reading models, by who asks; everybody else reads everything. */
const DECISIONS: Record<string, PolicyDecision> = {
  'user:default/colleague': onlyWhere({
    rule: 'IS_FROM_SOURCE',
    params: { sources: ['open'] },
  }),
  'user:default/owner': onlyWhere({
    rule: 'IS_OWNED_BY',
    params: { claims: ['group:default/hr'] },
  }),
  'user:default/stranger': { result: AuthorizeResult.DENY },
};

function onlyWhere(condition: {
  rule: string;
  params: Record<string, string[]>;
}): PolicyDecision {
  const resourceType = 'modelport-model';
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'modelport',
    resourceType,
    conditions: { resourceType, ...condition },
  };
}

describe('the routes of sources', () => {
  let backend: TestBackend;

  const listFor = async (user: string): Promise<Record<string, Source>> => {
    const { body } = await request(backend.server)
      .get('/api/modelport/v1/sources')
      .set('authorization', mockCredentials.user.header(user))
      .expect(200);
    const items: Source[] = body.items;
    return Object.fromEntries(items.map(source => [source.id, source]));
  };

  beforeAll(async () => {
    const auth = mockServices.auth();
    const permissions = mockServices.permissions.mock({
      async authorize(queries) {
        return queries.map(() => ({ result: AuthorizeResult.ALLOW }));
      },
      async authorizeConditional(queries, { credentials }) {
        const decision = auth.isPrincipal(credentials, 'user')
          ? DECISIONS[credentials.principal.userEntityRef]
          : undefined;
        return queries.map(() => decision ?? { result: AuthorizeResult.ALLOW });
      },
    });
    const open = new FakeModelSource('open');
    const hr = new FakeModelSource('hr');
    open.putModel({ name: 'credit' });
    hr.putModel({ name: 'leavers', tags: { owner: 'hr' } });
    hr.putModel({ name: 'salaries' });
    for (const source of [open, hr]) {
      source.putModel({ name: `too-long-${'x'.repeat(600)}` });
    }
    hr.putVersion({ model: 'leavers', version: '1' });
    hr.putVersion({ model: 'salaries', version: '1' });
    hr.putVersion({ model: 'salaries', version: '2' });
    backend = await startTestBackend({
      features: [
        modelportPlugin,
        permissions.factory,
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name: 'hr' },
              spec: {},
            },
          ],
        }),
        createBackendModule({
          pluginId: 'modelport',
          moduleId: 'fake',
          register(env) {
            env.registerInit({
              deps: { sources: modelSourcesExtensionPoint },
              async init({ sources }) {
                for (const source of [open, hr]) {
                  sources.addProvider({
                    id: source.id,
                    kind: 'fake',
                    url: null,
                    discover: async () => [source],
                  });
                }
              },
            });
          },
        }),
      ],
    });
    const end = Date.now() + 30_000;
    for (;;) {
      const sources = Object.values(await listFor('user:default/admin'));
      const done = sources.filter(
        ({ lastPassAt, progress }) => lastPassAt && !progress,
      );
      if (done.length === 2) {
        return;
      }
      if (Date.now() > end) {
        throw new Error('The passes did not end');
      }
    }
  });

  afterAll(() => backend.stop());

  it('shows all to those who may read all', async () => {
    expect(await listFor('user:default/admin')).toMatchObject({
      hr: {
        models: 2,
        versions: 3,
        errors: [{ where: expect.stringContaining('too-long-') }],
      },
      open: {
        models: 1,
        versions: 0,
        errors: [{}],
        askedAt: null,
        lastPass: {
          askedAt: null,
          changed: { models: 1, versions: 0, gone: 0 },
        },
      },
    });
  });

  it('shows a source as a whole or not, where that follows from the source', async () => {
    const { hr, open } = await listFor('user:default/colleague');
    expect(open).toMatchObject({
      models: 1,
      errors: [{ where: expect.stringContaining('too-long-') }],
    });
    expect(hr).toMatchObject({ models: 0, versions: 0, state: 'ok' });
    expect(hr.errors).toEqual([
      {
        where: 'hr',
        message:
          'There is 1 problem. The details are for those who may read all models of this source.',
        at: expect.any(String),
      },
    ]);
  });

  it('counts what the caller may read, and keeps texts that may name the rest', async () => {
    const sources = await listFor('user:default/owner');
    expect(sources.hr).toMatchObject({ models: 1, versions: 1 });
    expect(sources.open).toMatchObject({
      models: 0,
      versions: 0,
      lastPass: null,
    });
    expect(JSON.stringify(sources)).not.toContain('too-long-');
  });

  it('counts nothing for those who may read no model', async () => {
    const sources = await listFor('user:default/stranger');
    expect(sources.hr).toMatchObject({ models: 0, versions: 0 });
    expect(JSON.stringify(sources)).not.toContain('too-long-');
  });

  it('says no more when it is asked for a pass', async () => {
    const { body } = await request(backend.server)
      .post('/api/modelport/v1/sources/hr/sync')
      .set('authorization', mockCredentials.user.header('user:default/owner'))
      .expect(202);
    expect(body).toMatchObject({
      id: 'hr',
      models: 1,
      progress: null,
      askedAt: expect.any(String),
      lastPass: null,
    });
    expect(JSON.stringify(body)).not.toContain('too-long-');
  });
});
