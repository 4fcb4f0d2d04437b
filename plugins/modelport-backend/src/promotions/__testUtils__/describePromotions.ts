import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestPromotions, TestPromotions } from './createTestPromotions';

/** What tests of promotions begin with. */
export interface PromotionsSetup {
  /**
   * Starts what {@link createTestPromotions} makes, on a new database unless another backend's is given. It is closed
   * after the test.
   */
  start: (
    options?: Parameters<typeof createTestPromotions>[1],
    knex?: Knex,
  ) => Promise<TestPromotions>;
  /** A new database. */
  database: () => Promise<Knex>;
}

/** Tests of promotions on every database. */
export function describePromotions(
  title: string,
  define: (setup: PromotionsSetup) => void,
): void {
  jest.setTimeout(240_000);
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  describe.each(databases.eachSupportedId())(`${title} on %s`, databaseId => {
    const open: TestPromotions[] = [];
    const database = () => databases.init(databaseId);

    afterEach(() => Promise.all(open.splice(0).map(one => one.close())));

    define({
      start: async (options, knex) => {
        const started = await createTestPromotions(
          knex ?? (await database()),
          options,
        );
        open.push(started);
        return started;
      },
      database,
    });
  });
}
