import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Where the migrations of the backend are. */
export const MIGRATIONS = resolvePackagePath(
  '@modelport/plugin-modelport-backend',
  'migrations',
);

/** Brings a database to what it was before a migration. */
export async function migrateBefore(knex: Knex, name: string): Promise<void> {
  for (;;) {
    const [, pending]: [unknown, Array<{ file: string }>] =
      await knex.migrate.list({ directory: MIGRATIONS });
    if (!pending.some(({ file }) => file === name)) {
      throw new Error(`There is no migration ${name} still to come`);
    }
    if (pending[0].file === name) {
      return;
    }
    await knex.migrate.up({ directory: MIGRATIONS });
  }
}
