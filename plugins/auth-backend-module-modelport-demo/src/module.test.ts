import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import authPlugin from '@backstage/plugin-auth-backend';
import request from 'supertest';
import { decodeJwt } from 'jose';
import authModuleModelportDemo from './index';

const adaInCatalog = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada' },
  spec: { memberOf: ['pricing'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/pricing' }],
};

async function startAuth(
  options: { entities?: (typeof adaInCatalog)[] } = {},
): Promise<Awaited<ReturnType<typeof startTestBackend>>['server']> {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      authModuleModelportDemo,
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          auth: { providers: { demo: {} } },
        },
      }),
    ],
  });
  return server;
}

describe('the auth provider demo', () => {
  const environment = process.env.NODE_ENV;
  const setEnvironment = (value: string | undefined) =>
    Object.assign(process.env, { NODE_ENV: value });

  beforeEach(() => setEnvironment('development'));
  afterEach(() => setEnvironment(environment));

  it.each([
    ['ada', 'group:default/risk-analytics'],
    ['grace', 'group:default/risk-analytics'],
    ['rosa', 'group:default/model-risk'],
    ['adam', 'group:default/platform'],
  ])(
    'signs %s in with %s before the catalog knows them',
    async (name, group) => {
      const response = await request(await startAuth())
        .get('/api/auth/demo/refresh')
        .set('x-demo-user', name);

      expect(response.status).toBe(200);
      expect(response.body.backstageIdentity.identity).toEqual({
        type: 'user',
        userEntityRef: `user:default/${name}`,
        ownershipEntityRefs: [`user:default/${name}`, group],
      });
      expect(decodeJwt(response.body.backstageIdentity.token).sub).toBe(
        `user:default/${name}`,
      );
    },
  );

  it('takes the groups of the catalog once it knows the person', async () => {
    const response = await request(
      await startAuth({ entities: [adaInCatalog] }),
    )
      .get('/api/auth/demo/refresh')
      .set('x-demo-user', 'ada');

    expect(
      response.body.backstageIdentity.identity.ownershipEntityRefs,
    ).toEqual(['user:default/ada', 'group:default/pricing']);
  });

  it('takes the demo groups while the catalog has no relations yet', async () => {
    const response = await request(
      await startAuth({ entities: [{ ...adaInCatalog, relations: [] }] }),
    )
      .get('/api/auth/demo/refresh')
      .set('x-demo-user', 'ada');

    expect(
      response.body.backstageIdentity.identity.ownershipEntityRefs,
    ).toEqual(['user:default/ada', 'group:default/risk-analytics']);
  });

  it('refuses who is not of the demo, and who names nobody', async () => {
    const server = await startAuth();

    const stranger = await request(server)
      .get('/api/auth/demo/refresh')
      .set('x-demo-user', 'eve');
    expect(stranger.status).toBe(401);
    expect(stranger.body.error.message).toContain('ada, grace, rosa, adam');

    const nobody = await request(server).get('/api/auth/demo/refresh');
    expect(nobody.status).toBe(401);
    expect(nobody.body.error.message).toContain('x-demo-user is missing');
  });

  it.each(['production', 'test', undefined])(
    'is not there where NODE_ENV is %s',
    async value => {
      setEnvironment(value);
      const response = await request(await startAuth())
        .get('/api/auth/demo/refresh')
        .set('x-demo-user', 'ada');

      expect(response.status).toBe(404);
    },
  );
});
