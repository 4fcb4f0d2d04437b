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
import { group, user } from '../promotions/__testUtils__/createTestPromotions';

jest.setTimeout(120_000);

const SERVICE = mockCredentials.service.header();
const ADA = mockCredentials.user.header('user:default/ada');
const OF_A = '/models/fake/a/versions/1/evidence';
const OF_B = '/models/fake/b/versions/1/evidence';

const databases = TestDatabases.create();

describe.each(databases.eachSupportedId())(
  'rows of people on %s',
  databaseId => {
    let backend: TestBackend;
    let knex: Knex;
    const permissions = mockServices.permissions.mock();
    const get = (path: string) =>
      request(backend.server)
        .get(`/api/modelport/v1${path}`)
        .set('authorization', ADA);
    const pushAs = async (path: string, kind: string, content: object) => {
      const { body } = await request(backend.server)
        .post(`/api/modelport/v1${path}`)
        .set('authorization', SERVICE)
        .attach(kind, Buffer.from(JSON.stringify(content)), 'x.json')
        .expect(201);
      return body.items[0];
    };
    const rowsOf = (set: string) => ({
      evaluationSet: { id: set },
      rows: [
        { id: 'r1', subject: 'jane', label: 1, score: 0.9 },
        { id: 'r2', subject: 'joe', label: 0, score: 0.2 },
      ],
    });

    const explained = (count: number) => ({
      explains: { output: 'margin' },
      features: [{ name: 'income' }, { name: 'hiv_status', personal: true }],
      rows: Array.from({ length: count }, (_row, at) => ({
        id: `row-${at + 1}`,
        subject: `jane-${at + 1}`,
        baseValue: 0.5,
        contributions: [at === 10 ? 2.5 : 0.5, 2.5],
        values: [at, 1],
      })),
    });
    const cardOf = async (model: string) => {
      const { body } = await get(
        `/models/fake/${model}/versions/1/card`,
      ).expect(200);
      return body.fields.explanation?.value;
    };
    const erase = (subject: string, model = 'b') =>
      request(backend.server)
        .post(`/api/modelport/v1/models/fake/${model}/row-subjects/erase`)
        .set('authorization', ADA)
        .send({ subject });

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      const source = new FakeModelSource('fake');
      for (const model of ['a', 'b']) {
        source.putModel({ name: model, tags: { owner: 'team-x' } });
        source.putVersion({ model, version: '1' }, {});
        source.putVersion({ model, version: '2' }, {});
      }
      backend = await startPortalOn(knex, {
        permissions,
        source,
        until: '/models/fake/b/versions/2',
        authorization: ADA,
        entities: [
          user('ada', 'team-x'),
          user('grace', 'team-x'),
          group('team-x', 'ada', 'grace'),
        ],
      });
    });

    afterAll(() => backend.stop());

    it('are not kept in the clear once they were read, whatever they were pushed as before', async () => {
      const wrong = await pushAs(OF_A, 'metrics', rowsOf('june'));
      expect(wrong.status).toBe('unreadable');
      const raw = `/evidence/${wrong.digest}/raw`;
      await get(raw).expect(200);

      const right = await pushAs(OF_A, 'evaluation-rows', rowsOf('june'));
      expect(right).toMatchObject({ digest: wrong.digest, status: 'read' });
      const refused = await get(raw).expect(404);
      expect(refused.body.error.message).toMatch(
        /read as rows of single people/,
      );
      const { body } = await get(`/evidence/${wrong.digest}`).expect(200);
      expect(body.body.rows).toHaveLength(2);
      // nor do they come back
      await pushAs(OF_A, 'metrics', rowsOf('june'));
      await pushAs(OF_B, 'metrics', rowsOf('june'));
      await get(raw).expect(404);
      const kept = await knex('evidence_contents').where({
        digest: wrong.digest,
      });
      expect(kept).toMatchObject([{ bytes: null }]);
    });

    it('tell nothing in summaries of too few of them, on no page and in no table', async () => {
      const { digest } = await pushAs(OF_A, 'explanation', explained(1));
      const { body } = await get(`/evidence/${digest}`).expect(200);
      expect(body.body.outputs).toEqual([
        expect.objectContaining({ baseValue: null, features: [], groups: [] }),
      ]);
      expect(await cardOf('a')).toBeUndefined();
      const [kept] = await knex('evidence_documents').where({ digest });
      expect(kept.body).not.toContain('2.5');
    });

    it('are left out of summaries, the card and all that tells of them once they were erased', async () => {
      const { digest } = await pushAs(OF_B, 'explanation', explained(11));
      const figures = async () => {
        const { body } = await get(`/evidence/${digest}`).expect(200);
        return body.body.outputs[0].features.map(
          (one: { name: string; meanAbs: number }) => [one.name, one.meanAbs],
        );
      };
      expect(await figures()).toEqual([
        ['hiv_status', 27.5 / 11],
        ['income', 7.5 / 11],
      ]);
      expect(await cardOf('b')).toMatch(/hiv_status \(2\.5\)/);

      await erase('jane-11').expect(200, { rows: 1 });
      expect(await figures()).toEqual([
        ['hiv_status', 2.5],
        ['income', 0.5],
      ]);
      expect(await cardOf('b')).toMatch(/income \(0\.5\)/);

      // pushed again about another version of the model, her row counts for nothing either
      const again = await pushAs(
        OF_B.replace('/1/', '/2/'),
        'explanation',
        explained(11),
      );
      expect(again.digest).toBe(digest);
      const bodies: Array<{ body: string }> = await knex('evidence_documents')
        .where({ digest })
        .select('body');
      expect(bodies.map(({ body }) => JSON.parse(body))).toEqual(
        Array(2).fill(expect.objectContaining({ rowCount: 11, erasedRows: 1 })),
      );
      expect(bodies[1].body).toBe(bodies[0].body);

      await erase('jane-3').expect(200);
      expect(await figures()).toEqual([]);
      expect(await cardOf('b')).toBeUndefined();
      const { body: shown } = await get(
        '/models/fake/b/versions/1/explanations',
      ).expect(200);
      expect(shown).toMatchObject({
        rows: 11,
        features: [],
        withheld: expect.stringMatching(/^It explains 9 rows that were not/),
      });
    });

    it('are erased in the audit too, which holds a pseudonym', async () => {
      await pushAs(OF_A, 'evaluation-rows', rowsOf('july'));
      await erase('joe', 'a').expect(200);
      const { body } = await get('/audit?limit=1').expect(200);
      expect(body.items).toMatchObject([
        {
          actor: 'user:default/ada',
          action: 'rows.erased',
          source: 'fake',
          name: 'a',
          detail: { rows: expect.any(Number), subject: expect.any(String) },
        },
      ]);
      expect(JSON.stringify(body)).not.toContain('joe');
      const [{ subject }] = [body.items[0].detail];
      expect(
        await knex('evidence_subjects').where({ pseudonym: subject }),
      ).toMatchObject([{ key: null }]);
      await get('/audit/verify').expect(200);
    });

    it('leave what was decided on them as it was once they were erased', async () => {
      const { digest } = await pushAs(
        OF_A,
        'evaluation-rows',
        rowsOf('september'),
      );
      const promotions = (path = '', person = 'user:default/ada') =>
        request(backend.server)
          .post(`/api/modelport/v1/promotions${path}`)
          .set('authorization', mockCredentials.user.header(person));
      const asked = await promotions()
        .send({
          source: 'fake',
          name: 'a',
          version: '1',
          environment: 'production',
          reason: 'Better',
        })
        .expect(201);
      const { id, revision } = asked.body;
      await promotions(`/${id}/decisions`, 'user:default/grace')
        .send({ decision: 'refuse', comment: 'Too few rows', revision })
        .expect(201);
      const decided = (await get(`/promotions/${id}`).expect(200)).body;
      expect(decided).toMatchObject({
        state: 'refused',
        evidence: expect.arrayContaining([
          expect.objectContaining({ kind: 'evaluation-rows', digest }),
        ]),
      });

      await erase('jane', 'a').expect(200);
      const { body } = await get(`/evidence/${digest}`).expect(200);
      expect(body.body.rows[0]).toBeNull();
      expect(body.digest).toBe(digest);
      expect((await get(`/promotions/${id}`).expect(200)).body).toEqual(
        decided,
      );
      const verified = await get('/audit/verify').expect(200);
      expect(verified.body).toMatchObject({ ok: true, firstBroken: null });
    });

    if (databaseId.startsWith('POSTGRES')) {
      it('are in no file of the tables any more, nor is what they were encrypted with', async () => {
        await pushAs(OF_A, 'evaluation-rows', {
          evaluationSet: { id: 'august' },
          rows: [{ id: 'r9', subject: 'zoe', label: 1, score: 0.5 }],
        });
        const { key } = await knex('evidence_subjects')
          .orderBy('id', 'desc')
          .first('key');
        expect(await isInFile(knex, key)).toBe(true);
        await erase('zoe', 'a').expect(200, { rows: 1 });
        expect(await isInFile(knex, key)).toBe(false);
      });
    }

    it('that are none block nobody who pushes the same bytes as what they are', async () => {
      const metrics = { measurements: [{ key: 'auc', value: 0.8 }] };
      const asRows = await pushAs(OF_A, 'evaluation-rows', metrics);
      expect(asRows.status).toBe('unreadable');
      const raw = `/evidence/${asRows.digest}/raw`;
      await get(raw).expect(404);
      const { digest } = await pushAs(OF_B, 'metrics', metrics);
      expect(digest).toBe(asRows.digest);
      await get(raw)
        .expect(200)
        .expect('content-disposition', /filename="metrics-/);
      const { body } = await get(`/evidence/${digest}`);
      expect(body.body).toMatchObject(metrics);
    });
  },
);

/** Whether bytes stand in the file that holds the table of keys now. */
async function isInFile(knex: Knex, bytes: Buffer): Promise<boolean> {
  await knex.raw('checkpoint');
  const { rows } = await knex.raw(
    "select pg_read_binary_file(pg_relation_filepath('evidence_subjects')) as file",
  );
  return rows[0].file.includes(bytes);
}
