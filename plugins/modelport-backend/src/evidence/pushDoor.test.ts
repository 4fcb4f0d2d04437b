import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { startPortalOn } from '../__testUtils__/startPortalOn';

jest.setTimeout(120_000);

const SERVICE = mockCredentials.service.header();
const ADA = mockCredentials.user.header('user:default/ada');
const MODEL = '/api/modelport/v1/models/fake/credit';
const EVIDENCE = `${MODEL}/versions/1/evidence`;
const METRICS = JSON.stringify({ measurements: [{ key: 'auc', value: 0.8 }] });
const DOCUMENT = `{"kind": "metrics", "schemaVersion": 1, "body": ${METRICS}}`;

const databases = TestDatabases.create();

describe.each(databases.eachSupportedId())(
  'the push door on %s',
  databaseId => {
    let backend: TestBackend;
    let knex: Knex;
    const permissions = mockServices.permissions.mock();
    const post = (path: string, authorization: string) =>
      request(backend.server).post(path).set('authorization', authorization);
    const parts = (
      headers = 'Content-Disposition: form-data; name="metrics"',
    ) => `--XX\r\n${headers}\r\n\r\n${METRICS}\r\n--XX--\r\n`;
    const pushParts = (body: string) =>
      post(EVIDENCE, SERVICE)
        .type('multipart/form-data; boundary=XX')
        .send(body);
    const count = async () =>
      (await knex('evidence_documents').select('id')).length;
    const makeToken = async () =>
      (await post(`${MODEL}/push-tokens`, ADA).send({ name: 'ci' }).expect(201))
        .body;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      const source = new FakeModelSource('fake');
      source.putModel({ name: 'credit' });
      source.putVersion({ model: 'credit', version: '1' }, {});
      backend = await startPortalOn(knex, {
        permissions,
        source,
        until: '/models/fake/credit/versions/1',
        authorization: ADA,
      });
    });

    afterAll(() => backend.stop());

    it('says which part has no name', async () => {
      const { body } = await pushParts(
        parts('Content-Disposition: form-data'),
      ).expect(400);
      expect(body.error.message).toBe(
        'The part 1 has no name; expected the kind of evidence: lower-case letters, digits and dashes. Nothing was kept.',
      );
      expect(await count()).toBe(0);
    });

    it('takes no headers of parts that are larger than what they may say', async () => {
      const { body } = await pushParts(
        parts(
          `Content-Disposition: form-data; name="metrics"\r\nX-Filler: ${'x'.repeat(
            5 * 1024 * 1024,
          )}`,
        ),
      ).expect(413);
      expect(body.error.message).toMatch(
        /^Names and headers of its parts are larger than 1 MB together\. Nothing/,
      );
      expect(await count()).toBe(0);
    });

    it('makes no token whose name no database could hold', async () => {
      for (const name of ['half \ud800', '\0', ' ']) {
        const { body } = await post(`${MODEL}/push-tokens`, ADA)
          .type('application/json')
          .send(JSON.stringify({ name }))
          .expect(400);
        expect(body.error.message).toMatch(/^The name of the token is empty/);
      }
    });

    it('checks the digest of all parts together', async () => {
      const body = parts();
      const digest = (of: string) =>
        `sha-256=:${createHash('sha256').update(of).digest('base64')}:`;
      await pushParts(body).set('content-digest', digest('x')).expect(400);
      expect(await count()).toBe(0);
      await pushParts(body).set('content-digest', digest(body)).expect(201);
      expect(await count()).toBe(1);
      await knex('evidence_documents').delete();
    });

    it('checks it to the end of the body, which is behind the last part', async () => {
      const body = `${parts()}and what nobody reads`;
      const address = backend.server.address() as AddressInfo;
      const req = httpRequest({
        port: address.port,
        method: 'POST',
        path: EVIDENCE,
        headers: {
          authorization: SERVICE,
          'content-type': 'multipart/form-data; boundary=XX',
          'content-digest': `sha-256=:${createHash('sha256')
            .update(parts())
            .digest('base64')}:`,
        },
      });
      const status = new Promise(resolve =>
        req.on('response', res => resolve(res.statusCode)),
      );
      req.write(body.slice(0, parts().length));
      await new Promise(resolve => setImmediate(resolve));
      req.end(body.slice(parts().length));
      expect(await status).toBe(400);
      expect(await count()).toBe(0);
    });

    it('says what is larger than what it takes, and that nothing was kept', async () => {
      const { body } = await post(
        '/api/modelport/v1/lineage/openlineage',
        SERVICE,
      )
        .type('application/json')
        .send(' '.repeat(33 * 1024 * 1024))
        .expect(413);
      expect(body.error.message).toMatch(
        /larger than 32 MB\. Nothing was kept/,
      );
      const { body: odd } = await post(EVIDENCE, SERVICE)
        .set('content-encoding', 'zzz')
        .send(DOCUMENT)
        .expect(415);
      expect(odd.error.message).toMatch(/"zzz".*Nothing was kept\./);
    });

    it('takes nothing by a token that was revoked while the body came', async () => {
      const { token, secret } = await makeToken();
      const address = backend.server.address() as AddressInfo;
      const req = httpRequest({
        port: address.port,
        method: 'POST',
        path: EVIDENCE,
        headers: {
          authorization: `Bearer ${secret}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(DOCUMENT),
        },
      });
      const status = new Promise(resolve =>
        req.on('response', res => resolve(res.statusCode)),
      );
      req.write(DOCUMENT.slice(0, 10));
      // It was let in once its use was noted.
      const used = () =>
        knex('evidence_push_tokens')
          .where({ id: token.id })
          .whereNotNull('last_used_at');
      while ((await used()).length === 0) {
        await new Promise(resolve => setImmediate(resolve));
      }
      await request(backend.server)
        .delete(`${MODEL}/push-tokens/${token.id}`)
        .set('authorization', ADA)
        .expect(204);
      req.end(DOCUMENT.slice(10));
      expect(await status).toBe(401);
      expect(await count()).toBe(0);
    });

    it('stays open for others while a token’s bodies come slowly', async () => {
      const { secret } = await makeToken();
      const address = backend.server.address() as AddressInfo;
      const slow = Array.from({ length: 20 }, () => {
        const req = httpRequest({
          port: address.port,
          method: 'POST',
          path: EVIDENCE,
          headers: {
            authorization: `Bearer ${secret}`,
            'content-length': 100_000,
          },
        });
        const status = new Promise(resolve => {
          req.on('response', res => resolve(res.statusCode));
          req.on('error', () => resolve(undefined));
        });
        req.write('{');
        return { req, status };
      });
      expect(await Promise.race(slow.map(one => one.status))).toBe(429);
      await post(EVIDENCE, SERVICE)
        .type('application/json')
        .send(DOCUMENT)
        .expect(201);
      slow.forEach(({ req }) => req.destroy());
      await knex('evidence_documents').delete();
    });
  },
);
