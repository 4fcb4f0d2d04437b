import {
  mockCredentials,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { startPortalOn } from '../__testUtils__/startPortalOn';
import { EvidenceReaders } from './EvidenceReaders';

jest.setTimeout(120_000);

const SERVICE = mockCredentials.service.header();
const OF_1 = '/models/fake/credit/versions/1';
const WINDOW = { start: '2026-11-01T00:00:00Z', end: '2026-11-02T00:00:00Z' };

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

function document(kind: string, body: object) {
  return { kind, schemaVersion: 1, body };
}

function drift(figure: object) {
  return document('drift', {
    window: WINDOW,
    figures: [{ feature: 'f', statistic: 'psi', value: 0.1, ...figure }],
  });
}

describe.each(databases.eachSupportedId())(
  'hostile documents on %s',
  databaseId => {
    let backend: TestBackend;
    let knex: Knex;
    let source: FakeModelSource;
    const push = async (sent: object) => {
      const { body } = await request(backend.server)
        .post(`/api/modelport/v1${OF_1}/evidence`)
        .set('authorization', SERVICE)
        .send(sent)
        .expect(201);
      return body.items[0];
    };
    const get = async (path: string) => {
      const { body } = await request(backend.server)
        .get(`/api/modelport/v1${path}`)
        .set('authorization', SERVICE)
        .expect(200);
      return body;
    };

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      source = new FakeModelSource('fake');
      source.putModel({ name: 'credit' });
      source.putVersion({ model: 'credit', version: '1' }, {});
      source.putVersion({ model: 'credit', version: '0' }, {});
      backend = await startPortalOn(knex, {
        source,
        until: OF_1,
        authorization: SERVICE,
      });
    });

    afterAll(() => backend.stop());

    it('that no column could hold are refused by their schema, or kept as databases can', async () => {
      expect(await push(drift({ bins: 2 ** 40 }))).toMatchObject({
        status: 'unreadable',
        message: expect.stringContaining('2147483647'),
      });
      expect(
        await push(
          document('performance', {
            window: WINDOW,
            figures: [
              {
                metric: 'm',
                kind: 'estimated',
                method: 'x'.repeat(400),
                value: 1,
              },
            ],
          }),
        ),
      ).toMatchObject({
        status: 'unreadable',
        message: expect.stringContaining('255'),
      });
      expect(await push(drift({ feature: 'a\0b\ud800' }))).toMatchObject({
        status: 'read',
      });
      const { series } = await get(`${OF_1}/monitoring`);
      expect(series).toMatchObject([{ feature: 'a\ufffdb\ufffd' }]);
    });

    it('that say too much are taken in part, and say so', async () => {
      const measurements = Array.from({ length: 6_000 }, (_, n) => ({
        key: `k${n}`,
        value: n,
      }));
      expect(await push(document('metrics', { measurements }))).toMatchObject({
        status: 'read',
        message: 'Of its 6000 measurements, the first 5000 are taken',
      });
      expect((await get(OF_1)).measurements).toHaveLength(5_000);
    });

    it('that lie among artefacts and were given up are read again, a few times', async () => {
      const read = jest.spyOn(EvidenceReaders.prototype, 'read');
      read.mockImplementation(async ({ path }) => ({
        kind: 'card',
        schemaVersion: null,
        producer: null,
        producedAt: null,
        reader: null,
        message: `${path} was given up`,
        isGivenUp: true,
        body: null,
      }));
      const of = { model: 'credit', version: '0' };
      source.putArtefact(of, 'README.md', '# Credit\n');
      const list = async () => {
        const { items } = await get('/models/fake/credit/versions/0/evidence');
        return items.map((item: { status: string }) => item.status);
      };
      for (let time = 0; time < 5; time++) {
        expect(await list()).toEqual(['unreadable']);
      }
      expect(read).toHaveBeenCalledTimes(3);
      read.mockRestore();
    });

    it('that were kept before hinder no later push', async () => {
      const body = JSON.stringify(drift({ feature: 'late' }).body);
      const { digest } = await push(drift({ feature: 'late' }));
      await knex('monitoring_documents').where({ digest }).delete();
      await knex('evidence_documents')
        .where({ digest })
        .update({ body: body.replace('"psi"', '"psi","bins":1099511627776') });
      expect(await push(drift({ feature: 'next' }))).toMatchObject({
        status: 'read',
      });
      const { series } = await get(`${OF_1}/monitoring`);
      expect(series).toContainEqual(
        expect.objectContaining({ feature: 'next' }),
      );
      expect(await knex('evidence_untold')).toEqual([]);
    });
  },
);
