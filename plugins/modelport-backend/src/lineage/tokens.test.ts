import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockServices, TestBackend } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import { startTestPortal } from '../__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const token = (name: string, accessRestrictions?: object[]) => ({
  type: 'static',
  options: { token: `${name}-token-12345`, subject: name },
  ...(accessRestrictions ? { accessRestrictions } : {}),
});

describe('tokens of scripts', () => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startTestPortal({
      source: new FakeModelSource('fake'),
      until: '/models',
      authorization: 'Bearer script-token-12345',
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        permissionsServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            backend: {
              baseUrl: 'http://localhost:7007',
              auth: {
                externalAccess: [
                  token('script'),
                  token('reader', [
                    {
                      plugin: 'modelport',
                      permission: 'modelport.models.read',
                    },
                  ]),
                  token('pipeline', [
                    {
                      plugin: 'modelport',
                      permission: 'modelport.lineage.write',
                    },
                  ]),
                  token('elsewhere', [{ plugin: 'catalog' }]),
                ],
              },
            },
          },
        }),
      ],
    });
  });

  afterAll(() => backend.stop());

  it.each([
    ['script', 201, 201],
    ['pipeline', 201, 201],
    ['reader', 403, 403],
    ['elsewhere', 403, 403],
    ['nobody', 401, 401],
  ])('of %s tell lineage or not', async (name, events, documents) => {
    const push = (path: string) =>
      request(backend.server)
        .post(`/api/modelport/v1/lineage/${path}`)
        .set('authorization', `Bearer ${name}-token-12345`);
    const answers = [
      await push('openlineage').send([]),
      await push('documents?format=feast').send({
        project: 'loans',
        featureViews: [],
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([events, documents]);
  });

  it('say which permission they lack', async () => {
    const { body } = await request(backend.server)
      .post('/api/modelport/v1/lineage/openlineage')
      .set('authorization', 'Bearer reader-token-12345')
      .send([]);
    expect(body.error.message).toContain('modelport.lineage.write');
  });
});
