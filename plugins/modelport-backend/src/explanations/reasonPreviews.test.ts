import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  EVE,
  ExplanationsPortal,
  MODEL,
  SERVICE,
  startExplanationsPortal,
  V1,
  V2,
  V3,
} from './__testUtils__/startExplanationsPortal';

jest.setTimeout(120_000);

const databases = TestDatabases.create();

describe.each(databases.eachSupportedId())(
  'previews of reasons on %s',
  databaseId => {
    let portal: ExplanationsPortal;
    let knex: Knex;
    const api: ExplanationsPortal['api'] = (...asked) => portal.api(...asked);
    const valuesOf = async (id: string) =>
      (await api('get', `${V2}/explanations/rows/${id}`).expect(200)).body
        .values;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startExplanationsPortal(knex);
    });

    beforeEach(() => portal.grant());

    afterAll(() => portal.backend.stop());

    it('gives the reasons of values, and records no decision, but that somebody looked', async () => {
      const preview = (asked: object, path = V2, by?: string) =>
        api('post', `${path}/reason-codes/preview`, by).send(asked);
      const values = await valuesOf('1');
      const rows = [values, { ...values, duration: 4 }];
      const { body } = await preview({ rows, language: 'de', top: 3 }).expect(
        200,
      );
      const {
        body: { rows: given, ...pinned },
      } = await api('post', `${V2}/reason-codes`)
        .send({ rows: [values], language: 'de', top: 3 })
        .expect(200);
      const [before, after] = body.rows;
      expect(body).toMatchObject({ ...pinned, use: 'preview' });
      expect(before.reasons).toEqual(given[0].reasons);
      const codesOf = (one: { reasons: Array<{ code: string }> }) =>
        one.reasons.map(({ code }) => code);
      expect(codesOf(before)).toContain('G02');
      expect(codesOf(after)).not.toContain('G02');
      expect(before).not.toHaveProperty('recordId');
      const looked = await knex('audit_entries').where({
        action: 'reasons.previewed',
      });
      expect(looked).toHaveLength(1);
      expect(looked[0]).toMatchObject({
        actor: 'user:default/ada',
        version: '2',
      });
      // Only the one that was given.
      expect(await knex('explanations_decisions')).toHaveLength(1);

      portal.grant('modelport.explanations.give-reasons');
      await preview({ rows }).expect(403);
      portal.grant();
      const service = await preview({ rows }, V2, SERVICE).expect(403);
      expect(service.body.error.message).toMatch(/Previews are for people/);
      const missing = await preview({ rows }, V3).expect(404);
      expect(missing.body.error.message).toMatch(/no reason-codes.yaml/);
      for (const wrong of [
        {},
        { rows: [] },
        { rowIds: ['1'] },
        { rows, cutoff: 0.2 },
        { rows, keepValues: true },
        { rows, language: 'fr' },
        { rows: [{ duration: 4 }] },
        { rows: Array(11).fill(values) },
      ]) {
        await preview(wrong).expect(400);
      }
    });

    it('gives no reasons where a prohibited factor is among them, and raises no finding of that', async () => {
      const { body: page } = await api(
        'get',
        `${V1}/explanations/rows?limit=1`,
      ).expect(200);
      const [{ values }] = page.items;
      const rows = [{ ...values, age: 19, sex: 0 }];
      const { body } = await api('post', `${V1}/reason-codes/preview`)
        .send({ rows, top: 20 })
        .expect(200);
      expect(body.rows).toEqual([
        {
          withheld: expect.stringMatching(/prohibited factor/),
          reasons: [],
        },
      ]);
      expect(portal.events()).not.toContain('prohibited-factor');
      expect(await knex('explanations_findings')).toEqual([]);
    });

    it('measures against the cutoff of the dictionary, and says where its baseline can’t be computed', async () => {
      const { body: file } = await api('get', `${V2}/reason-codes`).expect(200);
      const propose = async (part: object) => {
        const { body } = await api('post', `${MODEL}/reason-codes`)
          .send({ dictionary: { ...file.dictionary, ...part }, comment: 'x' })
          .expect(201);
        await api(
          'post',
          `${MODEL}/reason-codes/${body.revision}/decision`,
          EVE,
        )
          .send({ decision: 'confirm' })
          .expect(200);
      };
      const values = await valuesOf('1');
      const { body: computed } = await api('post', `${V2}/explanations/compute`)
        .send({ rows: [values] })
        .expect(200);
      const [{ output }] = computed.rows;
      const preview = () =>
        api('post', `${V2}/reason-codes/preview`).send({ rows: [values] });
      await propose({ version: 'p1', cutoff: output + 1 });
      const approved = await preview().expect(200);
      expect(approved.body.rows[0].withheld).toMatch(/not adverse/);
      await propose({ version: 'p2', baseline: 'near the cutoff', band: 1 });
      const without = await preview().expect(400);
      expect(without.body.error.message).toMatch(/needs a cutoff/);
      await propose({
        version: 'p3',
        baseline: 'near the cutoff',
        band: 1,
        cutoff: 1_000,
      });
      const tooFew = await preview().expect(400);
      expect(tooFew.body.error.message).toMatch(
        /"near the cutoff" rests on 0 explained rows; at least 10 are needed/,
      );
      await propose({
        version: 'p4',
        baseline: 'near the cutoff',
        band: 1,
        cutoff: output,
      });
      const near = await preview().expect(200);
      expect(near.body.rows[0].withheld).toBeNull();
      expect(near.body.method).toMatch(/near the cutoff", cutoff/);
    });
  },
);
