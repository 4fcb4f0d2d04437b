import {
  mockCredentials,
  mockServices,
  TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import { startTestPortal } from '../__testUtils__/startTestPortal';
import { fakeTree } from './__testUtils__/fakeTree';

jest.setTimeout(60_000);

const CARD = '/api/modelport/v1/models/fake/credit/repository';

describe('the route of repositories', () => {
  let backend: TestBackend;
  const permissions = mockServices.permissions.mock();
  const reader = fakeTree(() => [['uv.lock', '']]);

  const answer = (result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) =>
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ({ result })),
    );

  beforeAll(async () => {
    answer(AuthorizeResult.ALLOW);
    const source = new FakeModelSource('fake');
    source.putModel({ name: 'credit' });
    backend = await startTestPortal({
      source,
      until: '/models/fake/credit',
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Resource',
          metadata: {
            name: 'credit',
            annotations: {
              'backstage.io/source-location':
                'url:https://git.example.org/o/r/tree/main/',
            },
          },
          spec: { type: 'ml-model', owner: 'risk' },
        },
      ],
      features: [
        permissions.factory,
        mockServices.urlReader.mock(reader).factory,
      ],
    });
  });

  afterAll(() => backend.stop());

  it('answers the scorecard to who may read the model', async () => {
    answer(AuthorizeResult.ALLOW);
    const { body } = await request(backend.server)
      .get(`${CARD}?again=true`)
      .expect(200);
    expect(body).toMatchObject({ state: 'read', branch: 'main' });
    expect(body.findings).toHaveLength(body.checks - 1);
    await request(backend.server)
      .get(CARD.replace('credit', 'other'))
      .expect(404);
    await request(backend.server).get(`${CARD}?again=often`).expect(400);
  });

  it('reads nothing for who may not', async () => {
    reader.readTree.mockClear();
    answer(AuthorizeResult.DENY);
    await request(backend.server).get(CARD).expect(403);
    await request(backend.server)
      .get(CARD)
      .set('authorization', mockCredentials.none.header())
      .expect(401);
    expect(reader.readTree).not.toHaveBeenCalled();
  });
});
