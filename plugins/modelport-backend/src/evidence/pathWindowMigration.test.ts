import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrateBefore, MIGRATIONS } from '../__testUtils__/migrateBefore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('evidence on %s', databaseId => {
  it('that was there gets the window that its path said, and loses further ones where the migration is taken back', async () => {
    const knex = await databases.init(databaseId);
    await migrateBefore(knex, '20261123012300_evidence_path_window.js');
    const window = { start: '2026-11-20', end: '2026-11-21' };
    await put(knex, { window, windowFrom: 'path' });
    await put(knex, { window, windowFrom: 'document' }, 'b'.repeat(64));
    await knex.migrate.up({ directory: MIGRATIONS });
    const windows = () =>
      knex('evidence_documents').orderBy('id').pluck('path_window');
    expect(await windows()).toEqual(['2026-11-20/2026-11-21', '']);

    await put(knex, {}, 'a'.repeat(64), { path_window: 'another' });
    await expect(
      put(knex, {}, 'a'.repeat(64), { path_window: 'another' }),
    ).rejects.toThrow(/unique/i);
    await knex.migrate.down({ directory: MIGRATIONS });
    expect(await knex('evidence_documents')).toHaveLength(2);
    await knex.migrate.latest({ directory: MIGRATIONS });
    expect(await windows()).toEqual(['2026-11-20/2026-11-21', '']);
  });
});

async function put(
  knex: Knex,
  body: object,
  digest = 'a'.repeat(64),
  more: object = {},
): Promise<void> {
  await knex('evidence_contents')
    .insert({ digest, size: 1, bytes: null })
    .onConflict('digest')
    .ignore();
  await knex('evidence_documents').insert({
    source: 'fake',
    name: 'credit',
    version: '1',
    version_created_at: '',
    kind: 'drift',
    digest,
    status: 'read',
    received_at: '2026-11-21T00:00:00.000Z',
    media_type: 'application/json',
    origin: 'push',
    body: JSON.stringify(body),
    ...more,
  });
}
