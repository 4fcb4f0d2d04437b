import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { messageOf } from '../messageOf';

/** Longer nobody who works with the keys is kept waiting. */
const MOST_WAIT = '5s';

/**
 * Takes what was erased out of the files of PostgreSQL, as far as it can: the table of keys is written anew, so that an
 * erased key is in none of its files, and of the others what is dead is freed. Where that can't be done the log says so;
 * what was erased stays erased for everybody who asks the database. SQLite overwrites what it deletes by itself.
 */
export async function vacuumErased(
  knex: Knex,
  logger: LoggerService,
): Promise<void> {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  const connection: unknown = await knex.client.acquireConnection();
  const run = (sql: string) => knex.raw(sql).connection(connection);
  try {
    await run(`set lock_timeout = '${MOST_WAIT}'`);
    for (const statement of [
      'vacuum (full) evidence_subjects',
      'vacuum evidence_row_blocks',
      'vacuum evidence_documents',
    ]) {
      try {
        await run(statement);
      } catch (error) {
        logger.warn(
          `Rows of a person were erased, but "${statement}" failed, so that what they were encrypted with may still lie in the files of the database: ${messageOf(
            error,
          )}. Run it by hand, or erase once more.`,
        );
      }
    }
  } finally {
    await run('set lock_timeout to default').catch(() => undefined);
    await knex.client.releaseConnection(connection);
  }
}
