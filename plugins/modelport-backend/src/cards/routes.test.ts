import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { modelSourcesExtensionPoint } from '@modelport/plugin-modelport-node';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import request from 'supertest';
import modelportPlugin from '..';

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
    backend = await startTestBackend({
      features: [
        modelportPlugin,
        permissions.factory,
        catalogServiceMock.factory({ entities: [] }),
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
    const deadline = Date.now() + 30_000;
    let status = 404;
    while (status !== 200 && Date.now() < deadline) {
      ({ status } = await request(backend.server).get(CARD));
    }
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
    expect(headers['x-modelport-not-held']).toBe('');
    const bom = await request(backend.server)
      .get(`${CARD}/export?format=cyclonedx`)
      .expect(200)
      .expect('content-type', /application\/json/);
    expect(bom.body.bomFormat).toBe('CycloneDX');
    expect(bom.headers['x-modelport-not-held']).toBe('purpose');
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
