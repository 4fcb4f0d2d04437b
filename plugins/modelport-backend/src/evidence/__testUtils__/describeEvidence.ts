import {
  mockCredentials,
  mockServices,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { allowAll, startPortalOn } from '../../__testUtils__/startPortalOn';

export const SERVICE = mockCredentials.service.header();
const ADA = mockCredentials.user.header('user:default/ada');

export const METRICS = {
  kind: 'metrics',
  schemaVersion: 1,
  producer: { name: 'evaluate', version: '2.1' },
  producedAt: '2026-11-01T12:00:00+02:00',
  body: {
    measurements: [
      { key: 'auc', value: 0.87, dataset: 'test', n: 1000 },
      { key: 'loss', value: 'NaN' },
    ],
  },
};

/** Where evidence about two versions of the model `credit` is pushed and listed. */
export const OF_1 = '/models/fake/credit/versions/1/evidence';
export const OF_2 = OF_1.replace('/1/', '/2/');

/** What tests of evidence begin with: a portal that has the models `credit`, of two versions, and `a/b`. */
export interface EvidenceSetup {
  source: FakeModelSource;
  permissions: ReturnType<typeof mockServices.permissions.mock>;
  /** The portal's server. */
  server: () => TestBackend['server'];
  /** A table of its database. */
  table: (name: string) => Knex.QueryBuilder;
  /** Asks as Ada unless told otherwise. */
  api: (
    method: 'get' | 'post' | 'delete',
    path: string,
    authorization?: string,
  ) => request.Test;
  /** Pushes as a service unless told otherwise. */
  push: (
    path: string,
    document: unknown,
    authorization?: string,
  ) => request.Test;
  /** The evidence that is listed, of the first version unless another path is given. */
  listed: (path?: string) => Promise<request.Response['body']>;
  /** Lets everybody do everything again. */
  allow: () => void;
  denyOnly: (permission: string) => void;
}

/** Tests of evidence on every database, each of which begins without any. */
export function describeEvidence(
  title: string,
  define: (setup: EvidenceSetup) => void,
): void {
  jest.setTimeout(120_000);
  const databases = TestDatabases.create();
  describe.each(databases.eachSupportedId())(`${title} on %s`, databaseId => {
    let backend: TestBackend;
    let knex: Knex;
    const source = new FakeModelSource('fake');
    const permissions = mockServices.permissions.mock();
    const api: EvidenceSetup['api'] = (method, path, authorization = ADA) =>
      request(backend.server)
        [method](`/api/modelport/v1${path}`)
        .set('authorization', authorization);
    const allow = () => allowAll(permissions);

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      source.putModel({ name: 'credit' });
      source.putModel({ name: 'a/b' });
      source.putVersion({ model: 'credit', version: '1' }, {});
      source.putVersion({ model: 'credit', version: '2' }, {});
      source.putVersion({ model: 'a/b', version: '1' }, {});
      backend = await startPortalOn(knex, {
        permissions,
        source,
        until: '/models/fake/credit/versions/2',
        authorization: ADA,
      });
    });

    beforeEach(allow);

    afterAll(() => backend.stop());

    afterEach(async () => {
      for (const table of [
        'row_blocks',
        'subjects',
        'documents',
        'contents',
        'versions',
      ]) {
        await knex(`evidence_${table}`).delete();
      }
    });

    define({
      source,
      permissions,
      server: () => backend.server,
      table: name => knex(name),
      api,
      push: (path, document, authorization = SERVICE) =>
        api('post', path, authorization)
          .type('application/json')
          .send(
            typeof document === 'string' ? document : JSON.stringify(document),
          ),
      listed: async (path = OF_1) => (await api('get', path)).body,
      allow,
      denyOnly: name =>
        permissions.authorizeConditional.mockImplementation(async queries =>
          queries.map(({ permission }) => ({
            result:
              permission.name === name
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        ),
    });
  });
}
