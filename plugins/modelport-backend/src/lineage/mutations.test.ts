import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { isError } from '@backstage/errors';
import { mutationsOf } from '@modelport/plugin-modelport-node/testUtils';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTestRegistry } from '../__testUtils__/createTestRegistry';
import { LineageDocuments } from './LineageDocuments';
import { LineageStore } from './LineageStore';
import { OpenLineageService } from './OpenLineageService';
import { OpenLineageStore } from './OpenLineageStore';

/** Damaged copies of each file: few here; `yarn workspace @modelport/plugin-modelport-backend test:mutations` makes many. */
const COUNT = Number(process.env.MODELPORT_MUTATIONS ?? 20);

const FIXTURES = resolve(__dirname, '__fixtures__');
const FILES = readdirSync(FIXTURES).filter(name => !name.endsWith('.md'));

/** What whoever sent it is answered with. */
const CLEAR = ['InputError', 'PayloadTooLargeError'];

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** A file as a client sends it: events as a list. */
function sent(name: string): Uint8Array {
  const text = readFileSync(resolve(FIXTURES, name), 'utf8').trim();
  return new TextEncoder().encode(
    name.endsWith('.ndjson') ? `[${text.split('\n').join(',')}]` : text,
  );
}

describe.each(databases.eachSupportedId())(
  'damaged lineage on %s',
  databaseId => {
    it('ends in the graph or in a clear error', async () => {
      const { knex } = await createTestRegistry(
        await databases.init(databaseId),
        { logger: mockServices.logger.mock() },
      );
      const events = new OpenLineageService({
        store: new OpenLineageStore(knex),
        addresses: async () => [],
      });
      const documents = new LineageDocuments({ store: new LineageStore(knex) });
      const take = async (name: string, bytes: Buffer) =>
        name.endsWith('.ndjson')
          ? events.take(bytes)
          : documents.take(bytes, {
              format: name.startsWith('dbt') ? 'dbt' : 'feast',
              namespace: undefined,
            });
      const wrong: string[] = [];
      let [taken, refused] = [0, 0];
      for (const [seed, name] of FILES.entries()) {
        for (const bytes of mutationsOf(sent(name), { count: COUNT, seed })) {
          try {
            await take(name, Buffer.from(bytes));
            taken += 1;
          } catch (error) {
            refused += 1;
            if (
              !isError(error) ||
              !CLEAR.includes(error.name) ||
              error.message.length > 5_000
            ) {
              wrong.push(`${name}: ${error}`);
            }
          }
        }
      }
      expect(wrong).toEqual([]);
      expect(taken + refused).toBe(FILES.length * COUNT);
      expect(Math.min(taken, refused)).toBeGreaterThan(0);
      if (process.env.MODELPORT_MUTATIONS) {
        process.stdout.write(
          `${taken + refused} damaged documents of ${
            FILES.length
          } files of lineage on ${databaseId}: ${taken} taken, ${refused} refused with the reason\n`,
        );
      }
    }, 3_600_000);
  },
);
