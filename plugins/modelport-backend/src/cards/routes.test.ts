import {
  mockCredentials,
  mockServices,
  TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import { startTestPortal } from '../__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const CARD = '/api/modelport/v1/models/fake/a%2Fb/versions/1%20%22x/card';

describe('the routes of cards', () => {
  let backend: TestBackend;
  const permissions = mockServices.permissions.mock();

  const answer = (result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) =>
    permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ({ result })),
    );

  beforeAll(async () => {
    answer(AuthorizeResult.ALLOW);
    const source = new FakeModelSource('fake');
    source.putModel({ name: 'a/b', tags: { purpose: '<b>Loans</b>' } });
    source.putVersion({ model: 'a/b', version: '1 "x' });
    backend = await startTestPortal({
      source,
      until: CARD.replace('/api/modelport/v1', ''),
      features: [permissions.factory],
    });
  });

  beforeEach(() => answer(AuthorizeResult.ALLOW));

  afterAll(async () => {
    await backend.stop();
  });

  it('gives the card of a version, whatever its name', async () => {
    const { body } = await request(backend.server).get(CARD).expect(200);
    expect(body.fields.purpose).toMatchObject({
      value: '<b>Loans</b>',
      provenance: { from: 'written', evidence: null },
    });
    expect(body.completeness).toMatchObject({ template: 'default', score: 0 });
    expect(body.contradictions).toEqual([]);
  });

  it('exports it as a download without HTML', async () => {
    const { text, headers } = await request(backend.server)
      .get(`${CARD}/export?format=huggingface`)
      .expect(200)
      .expect('content-type', /text\/markdown/);
    expect(text).toContain('&lt;b>Loans');
    expect(text).not.toContain('<b>');
    expect(headers['content-disposition']).toBe(
      'attachment; filename="a-b-1-x.md"',
    );
    expect(headers['x-modelport-not-held']).toBe('purpose.markup');
    const bom = await request(backend.server)
      .get(`${CARD}/export?format=cyclonedx`)
      .expect(200)
      .expect('content-type', /application\/json/);
    expect(bom.body.bomFormat).toBe('CycloneDX');
    expect(bom.headers['x-modelport-not-held']).toBe('purpose');
  });

  it('lets people attest what it says, and no service', async () => {
    const { body: card } = await request(backend.server).get(CARD).expect(200);
    const attest = (options: {
      paths?: string[];
      revision?: string;
      as?: string;
    }) =>
      request(backend.server)
        .post(`${CARD}/attestations`)
        .set(
          'authorization',
          options.as ?? mockCredentials.user.header('user:default/rosa'),
        )
        .send({
          paths: options.paths ?? ['purpose'],
          revision: options.revision ?? card.revision,
        });
    await attest({ as: mockCredentials.service.header() }).expect(403);
    await attest({ as: mockCredentials.none.header() }).expect(401);
    await attest({ revision: 'another' }).expect(409);
    await attest({ paths: ['security'] }).expect(400);
    await attest({ paths: [] }).expect(400);
    const { body } = await attest({}).expect(201);
    expect(body.attestations).toEqual({
      purpose: { by: 'user:default/rosa', at: expect.any(String) },
    });

    const withdraw = (as: string, paths = ['purpose']) =>
      request(backend.server)
        .post(`${CARD}/attestations/withdraw`)
        .set('authorization', as)
        .send({ paths });
    const rosa = mockCredentials.user.header('user:default/rosa');
    await withdraw(mockCredentials.service.header()).expect(403);
    await withdraw(mockCredentials.none.header()).expect(401);
    await withdraw(mockCredentials.user.header('user:default/eve')).expect(409);
    await withdraw(rosa, []).expect(400);
    const { body: without } = await withdraw(rosa).expect(200);
    expect(without.attestations).toEqual({});

    answer(AuthorizeResult.DENY);
    await attest({}).expect(403);
    await withdraw(rosa).expect(403);
  });

  it('refuses unknown formats, unknown versions, strangers, and who may not read', async () => {
    const statusOf = async (path: string, authorization?: string) => {
      const { status } = await request(backend.server)
        .get(path)
        .set(authorization === undefined ? {} : { authorization });
      return status;
    };
    expect(await statusOf(`${CARD}/export?format=pdf`)).toBe(400);
    expect(await statusOf(`${CARD}/export`)).toBe(400);
    expect(await statusOf(CARD.replace('1%20%22x', '2'))).toBe(404);
    expect(await statusOf(CARD, mockCredentials.none.header())).toBe(401);
    answer(AuthorizeResult.DENY);
    expect(
      await statusOf(CARD, mockCredentials.user.header('user:default/eve')),
    ).toBe(403);
  });
});
