import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrateBefore, MIGRATIONS } from '../__testUtils__/migrateBefore';
import { PromotionComments } from './PromotionComments';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'comments that stood in their promotions, on %s',
  databaseId => {
    it('move out in their order, and back', async () => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261123120000_promotion_comments.js');
      const said = ['first', 'ü \u{1f600}', 'first'].map((text, place) => ({
        by: `user:default/${place}`,
        text,
        at: '2026-01-01T00:00:00.000Z',
      }));
      await put(knex, '1', { reason: 'r', comments: said });
      await put(knex, '2', { reason: 'r', comments: [] });
      await knex.migrate.up({ directory: MIGRATIONS });
      expect(await documents(knex)).toEqual([{ reason: 'r' }, { reason: 'r' }]);
      const comments = new PromotionComments(knex);
      expect(await comments.of('1')).toEqual(said);
      expect(await comments.of('2')).toEqual([]);

      await knex.migrate.down({ directory: MIGRATIONS });
      expect(await documents(knex)).toEqual([
        { reason: 'r', comments: said },
        { reason: 'r', comments: [] },
      ]);
      await knex.migrate.latest({ directory: MIGRATIONS });
      expect(await comments.of('1')).toEqual(said);
    });
  },
);

async function documents(knex: Knex): Promise<unknown[]> {
  const stored: string[] = await knex('promotions_promotions')
    .orderBy('id')
    .pluck('document');
  return stored.map(document => JSON.parse(document));
}

async function put(knex: Knex, version: string, document: object) {
  const time = '2026-01-01T00:00:00.000Z';
  await knex('promotions_promotions').insert({
    source: 'fake',
    name: 'credit',
    version,
    environment: 'production',
    kind: 'promotion',
    state: 'in_review',
    revision: 1,
    requested_by: 'user:default/ada',
    requested_at: time,
    expires_at: time,
    facts: 'f',
    document: JSON.stringify(document),
  });
}
