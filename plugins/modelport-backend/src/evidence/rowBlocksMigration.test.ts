import { randomBytes } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrateBefore, MIGRATIONS } from '../__testUtils__/migrateBefore';
import { packJson } from './packJson';
import { SealedRows } from './SealedRows';
import { encrypt, SubjectKeys } from './SubjectKeys';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const MODEL = { source: 'fake', name: 'credit' };
const ROWS = 600;

describe.each(databases.eachSupportedId())(
  'rows that were sealed one by one, on %s',
  databaseId => {
    async function before(): Promise<Knex> {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261122032000_evidence_row_blocks.js');
      await knex('evidence_documents').insert({
        id: 7,
        ...MODEL,
        version: '1',
        version_created_at: '',
        kind: 'explanation',
        digest: 'd',
        status: 'read',
        received_at: '2026-01-01T00:00:00.000Z',
        media_type: 'application/json',
        origin: 'pushed',
      });
      return knex;
    }

    it('are moved into blocks, read, erased and moved back', async () => {
      const knex = await before();
      const keys = new SubjectKeys({ knex, secret: 'secret' });
      const rows = new SealedRows({ knex, keys });
      const row = (at: number) => ({ id: `row ${at}`, score: at / 7 });
      await knex.transaction(async trx => {
        const people = await keys.ensure(trx, MODEL, ['ada', 'grace', 'joan']);
        for (let at = 0; at < ROWS; at++) {
          const { id, key } = people[at % 3];
          await trx('evidence_rows').insert({
            document_id: 7,
            position: at,
            subject_id: id,
            row: encrypt(key ?? randomBytes(32), packJson(row(at))),
          });
        }
      });

      await knex.migrate.up({ directory: MIGRATIONS });
      const all = Array.from({ length: ROWS }, (_, at) => row(at));
      expect(await rows.open(7)).toEqual(all);
      expect(await rows.open(7, { from: 248, limit: 5 })).toEqual(
        all.slice(248, 253),
      );
      expect(await rows.open(7, { from: 599, limit: 50 })).toEqual([row(599)]);
      expect(await rows.open(7, { from: 600, limit: 50 })).toEqual([]);
      expect(
        await rows.erase({
          ...MODEL,
          subject: 'grace',
          by: 'user:default/ada',
        }),
      ).toBe(200);
      const left = all.map((one, at) => (at % 3 === 1 ? null : one));
      expect(await rows.open(7)).toEqual(left);
      const sealed = await knex.transaction(trx =>
        rows.sealOne(trx, { document: 7, position: 302 }, { more: true }),
      );
      expect(await rows.openOne(sealed)).toEqual({ more: true });

      await knex.migrate.down({ directory: MIGRATIONS });
      const back = await knex('evidence_rows').orderBy('position');
      expect(back.map(one => one.row.length > 0)).toEqual(
        left.map(one => one !== null),
      );
      await knex.migrate.up({ directory: MIGRATIONS });
      expect(await rows.open(7)).toEqual(left);

      expect(await rows.forget('explanation', '2026-01-02')).toBe(400);
      expect(await rows.forget('explanation', '2026-01-02')).toBe(0);
      expect(await rows.open(7)).toEqual(left.map(() => null));
    });
  },
);
