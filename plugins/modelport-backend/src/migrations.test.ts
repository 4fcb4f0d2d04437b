import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up, down and up again', async () => {
    const knex = await databases.init(databaseId);
    const directory = resolvePackagePath(
      '@modelport/plugin-modelport-backend',
      'migrations',
    );
    await knex.migrate.latest({ directory });
    await expect(knex('models_models').count()).resolves.toBeDefined();
    await knex.migrate.rollback({ directory }, true);
    await expect(knex('models_models').count()).rejects.toThrow();
    await expect(knex('sources_sources').count()).rejects.toThrow();
    await knex.migrate.latest({ directory });
    await expect(knex('models_sequence').first()).resolves.toMatchObject({
      id: 1,
    });
  });
});
