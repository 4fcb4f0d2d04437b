import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import modelportPlugin from '..';

jest.setTimeout(60_000);

const PATH = '/api/modelport/v1/statistics/drift';

describe('POST statistics/drift', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        modelportPlugin,
        mockServices.permissions.factory(),
        catalogServiceMock.factory({ entities: [] }),
      ],
    });
  });
  afterAll(() => backend.stop());

  it('gives the figures, what is not finite as a string', async () => {
    const { body } = await request(backend.server)
      .post(`${PATH}?convention=evidently`)
      .send({ type: 'categorical', reference: ['a', null], current: ['b'] })
      .expect(200);
    expect(body).toMatchObject({
      nReference: 1,
      missingReference: 1,
      categories: ['a', 'b'],
      chiSquare: { statistic: 'Infinity', pValue: 0 },
      ks: null,
    });
  });

  it('takes as many values as a month has, beside the main thread', async () => {
    const many = Array.from({ length: 200_000 }, (_, i) => i % 1_000);
    const { body } = await request(backend.server)
      .post(PATH)
      .send({ type: 'numeric', reference: many, current: many.slice(1) })
      .expect(200);
    expect(body).toMatchObject({ nReference: 200_000, nCurrent: 199_999 });
    expect(body.psi).toBeLessThan(1e-6);
  });

  it.each([
    ['no JSON', 'nothing', '', /It is no JSON/],
    [
      'unordered edges',
      '{"type":"numeric","reference":[1,2],"current":[1],"edges":[2,1]}',
      '',
      /edges\[1\]/,
    ],
    [
      'an unknown convention',
      '{"type":"numeric","reference":[1,2],"current":[1]}',
      '?convention=x',
      /convention/,
    ],
    ['two conventions', '{}', '?convention=x&convention=y', /given once/],
  ])('refuses %s', async (_what, sent, query, message) => {
    const { body } = await request(backend.server)
      .post(`${PATH}${query}`)
      .set('content-type', 'application/json')
      .send(sent)
      .expect(400);
    expect(body.error).toMatchObject({ name: 'InputError' });
    expect(body.error.message).toMatch(message);
  });

  it('answers nobody who is not signed in', async () => {
    const { status } = await request(backend.server)
      .post(PATH)
      .set('authorization', mockCredentials.none.header())
      .send({ type: 'numeric', reference: [1, 2], current: [1] });
    expect(status).toBe(401);
  });
});
