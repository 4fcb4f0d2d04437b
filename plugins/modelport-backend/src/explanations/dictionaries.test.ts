import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  ADA,
  BO,
  EVE,
  ExplanationsPortal,
  MODEL,
  SERVICE,
  startExplanationsPortal,
  V2,
  V3,
} from './__testUtils__/startExplanationsPortal';

jest.setTimeout(120_000);

const EDIT = 'modelport.explanations.edit-dictionary';
const CONFIRM = 'modelport.explanations.confirm-dictionary';

const databases = TestDatabases.create();

describe.each(databases.eachSupportedId())(
  'dictionaries written in the portal, on %s',
  databaseId => {
    let portal: ExplanationsPortal;
    let knex: Knex;
    let written: { version: string; codes: Array<Record<string, unknown>> };
    const path = `${MODEL}/reason-codes`;
    const api: ExplanationsPortal['api'] = (...asked) => portal.api(...asked);
    const inUse = async () => (await api('get', `${V2}/reason-codes`)).body;
    const propose = (dictionary: unknown, by = ADA) =>
      api('post', path, by).send({ dictionary, comment: 'Clearer words' });
    const decide = (revision: number, decision: string, by = BO) =>
      api('post', `${path}/${revision}/decision`, by).send({ decision });

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startExplanationsPortal(knex);
      written = (await inUse()).dictionary;
    });

    beforeEach(() => portal.grant());

    afterAll(() => portal.backend.stop());

    it('counts once another person confirmed it, and not before', async () => {
      expect(await inUse()).toMatchObject({ from: 'file', revision: null });
      const dictionary = {
        ...written,
        version: '2026-12',
        codes: [
          ...written.codes.slice(1),
          { ...written.codes[0], consumer: { en: 'Other', de: 'Anderes' } },
        ],
      };
      const { body: proposed } = await propose(dictionary).expect(201);
      expect(proposed).toMatchObject({
        state: 'proposed',
        version: '2026-12',
        proposedBy: 'user:default/ada',
        decidedBy: null,
      });
      expect(proposed.problems).toContainEqual(
        expect.objectContaining({ message: expect.stringMatching(/vague/) }),
      );
      expect(await inUse()).toMatchObject({ from: 'file', version: '2026-11' });
      const own = await decide(proposed.revision, 'confirm', ADA).expect(403);
      expect(own.body.error.message).toMatch(/proposed themselves/);
      await decide(proposed.revision, 'withdraw').expect(403);
      const { body: confirmed } = await decide(
        proposed.revision,
        'confirm',
      ).expect(200);
      expect(confirmed).toMatchObject({
        state: 'confirmed',
        decidedBy: 'user:default/bo',
      });
      expect(await inUse()).toMatchObject({
        from: 'portal',
        revision: proposed.revision,
        version: '2026-12',
        digest: confirmed.digest,
      });
      // It is the model's, so a version without a file has it too.
      await api('get', `${V3}/reason-codes`).expect(200);
      await decide(proposed.revision, 'refuse').expect(409);
      const { body: reasons } = await api('post', `${V2}/reason-codes`)
        .send({ rowIds: ['1'] })
        .expect(200);
      expect(reasons).toMatchObject({
        dictionaryVersion: '2026-12',
        dictionaryDigest: confirmed.digest,
      });
      const chain = await knex('audit_entries')
        .where('action', 'like', 'reason-codes.%')
        .orderBy('seq');
      expect(chain.map(({ action, actor }) => [action, actor])).toEqual([
        ['reason-codes.proposed', 'user:default/ada'],
        ['reason-codes.confirmed', 'user:default/bo'],
      ]);
    });

    it('refuses other words under the version of a file of the model', async () => {
      const { body } = await propose({
        ...written,
        codes: [
          { ...written.codes[0], consumer: { en: 'Other', de: 'Anderes' } },
          ...written.codes.slice(1),
        ],
      }).expect(409);
      expect(body.error.message).toMatch(
        /"2026-11" of the dictionary is that of the file of version 2/,
      );
    });

    it('keeps the history, and runs decisions again with what counted then', async () => {
      const { body: reasons } = await api('post', `${V2}/reason-codes`)
        .send({ rowIds: ['1'] })
        .expect(200);
      const [{ recordId }] = reasons.rows;
      const { body: next } = await propose({
        ...written,
        version: '2027-01',
      }).expect(201);
      const { body: refused } = await propose({
        ...written,
        version: '2027-02',
      }).expect(201);
      await decide(refused.revision, 'refuse').expect(200);
      const { body: withdrawn } = await propose(
        { ...written, version: '2027-02' },
        BO,
      ).expect(201);
      await decide(withdrawn.revision, 'withdraw').expect(200);
      await decide(next.revision, 'confirm').expect(200);
      const { body: history } = await api('get', path).expect(200);
      expect(
        history.items.map((one: { version: string; state: string }) => [
          one.version,
          one.state,
        ]),
      ).toEqual([
        ['2027-02', 'withdrawn'],
        ['2027-02', 'refused'],
        ['2027-01', 'confirmed'],
        ['2026-12', 'replaced'],
      ]);
      expect(history).toMatchObject({ mayPropose: true, mayConfirm: true });
      const { body: again } = await api(
        'post',
        `${V2}/reason-codes/records/${recordId}/reproduce`,
      )
        .send({})
        .expect(200);
      expect(again.same).toBe(true);
    });

    it('refuses what is no dictionary, a version that is taken, and who may not', async () => {
      const { body } = await propose({ ...written, adverse: 'up' }).expect(400);
      expect(body.error.message).toMatch(
        /dictionary\.adverse: .*Nothing was kept/,
      );
      const taken = await propose({ ...written, version: '2027-01' });
      expect(taken.status).toBe(409);
      await propose({ ...written, version: 'a' }, SERVICE).expect(403);
      portal.grant(EDIT);
      await propose({ ...written, version: 'a' }, EVE).expect(403);
      const { body: seen } = await api('get', path, EVE).expect(200);
      expect(seen).toMatchObject({ mayPropose: false, mayConfirm: true });
      portal.grant(CONFIRM);
      const { body: proposed } = await propose({
        ...written,
        version: 'b',
      }).expect(201);
      await decide(proposed.revision, 'confirm', EVE).expect(403);
      await decide(proposed.revision + 100, 'withdraw', ADA).expect(404);
    });

    it('confirms one of two that are confirmed at once', async () => {
      const [first, second] = await Promise.all(
        ['c', 'd'].map(
          async version => (await propose({ ...written, version })).body,
        ),
      );
      await Promise.all([
        decide(first.revision, 'confirm').expect(200),
        decide(second.revision, 'confirm').expect(200),
      ]);
      expect(
        await knex('explanations_dictionaries').where({ state: 'confirmed' }),
      ).toHaveLength(1);
    });
  },
);
