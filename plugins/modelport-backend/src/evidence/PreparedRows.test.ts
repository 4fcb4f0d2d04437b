import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { createTestRegistry } from '../__testUtils__/createTestRegistry';
import { SealedRows } from './SealedRows';
import { SubjectKeys } from './SubjectKeys';

jest.setTimeout(120_000);

const MODEL = { source: 'fake', name: 'credit' };
const ROWS = Array.from({ length: 5_000 }, (_, n) => ({
  subject: `s${n % 2_500}`,
  row: { id: `r${n}`, label: n % 2, score: n / 5_000 },
}));

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'preparing rows on %s',
  databaseId => {
    async function start() {
      const knex = await databases.init(databaseId);
      await createTestRegistry(knex, { logger: mockServices.logger.mock() });
      const keys = new SubjectKeys({ knex, secret: undefined });
      await knex('evidence_contents').insert({ digest: 'd', size: 1 });
      const [{ id }] = await knex('evidence_documents')
        .insert({
          ...MODEL,
          version: '1',
          version_created_at: '',
          kind: 'evaluation-rows',
          digest: 'd',
          status: 'read',
          received_at: new Date(0).toISOString(),
          media_type: 'application/json',
          origin: 'push',
        })
        .returning<Array<{ id: number }>>('id');
      return { knex, id, rows: new SealedRows({ knex, keys }) };
    }

    it('lets others use the database meanwhile, and gives the rows as they came', async () => {
      const { knex, id, rows } = await start();
      let isPrepared = false;
      const preparing = rows.prepare(MODEL, ROWS).finally(() => {
        isPrepared = true;
      });
      let answers = 0;
      while (!isPrepared) {
        await knex('evidence_documents').select('id');
        answers += 1;
        // SQLite answers without any waiting, so nothing else would have its turn.
        await new Promise(setImmediate);
      }
      // At least once for each block but one.
      expect(answers).toBeGreaterThan(ROWS.length / 250 - 2);

      const prepared = await preparing;
      expect(await knex('evidence_row_blocks')).toEqual([]);
      expect(
        await knex.transaction(trx => rows.seal(trx, { id }, prepared)),
      ).toBe(0);
      expect(await rows.open(id)).toEqual(ROWS.map(({ row }) => row));
    });

    it('leaves out who was erased meanwhile', async () => {
      const { knex, id, rows } = await start();
      const prepared = await rows.prepare(MODEL, ROWS.slice(0, 600));
      await rows.erase({ ...MODEL, subject: 's300', by: 'user:default/ada' });
      expect(
        await knex.transaction(trx => rows.seal(trx, { id }, prepared)),
      ).toBe(1);
      const opened = await rows.open(id);
      expect(opened.flatMap((row, at) => (row === null ? [at] : []))).toEqual([
        300,
      ]);
      const [, second] = await knex('evidence_row_blocks').orderBy('position');
      expect(second.rows.length).toBeLessThan(prepared.blocks[1].rows.length);
    });
  },
);
