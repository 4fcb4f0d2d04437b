import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import { createTestRegistry } from '../__testUtils__/createTestRegistry';
import { LISTED_DESCRIPTION } from './shortText';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('ModelsStore on %s', id => {
  it('reads the beginning of a long description for lists, and all of it for the model', async () => {
    const { ingest, list, store } = await createTestRegistry(
      await databases.init(id),
      {
        logger: mockServices.logger.mock(),
      },
    );
    const description = '🚀é'.repeat(100_000);
    const source = new FakeModelSource('fake', 10);
    source.putModel({ name: 'long', description });
    source.putModel({ name: 'short', description: 'A line' });
    source.putModel({ name: 'none', description: null });
    const { signal } = new AbortController();
    const page = await source.listModels({ signal });
    await ingest.models.take('fake', page.items);

    const { rows } = await list.page({
      filters: {},
      visibility: undefined,
      sort: 'name',
      limit: 10,
    });
    const listed = new Map(rows.map(row => [row.name, row.description]));
    expect(listed.get('short')).toBe('A line');
    expect(listed.get('none')).toBeNull();
    expect([...(listed.get('long') ?? '')]).toHaveLength(LISTED_DESCRIPTION);
    expect(listed.get('long')?.endsWith('🚀…')).toBe(true);

    expect((await store.get('fake', 'long'))?.description).toBe(description);
    const changes = await store.changes({ limit: 10 });
    const changed = changes.rows.find(row => row.name === 'long');
    expect([...(changed?.description ?? '')]).toHaveLength(20_000);
  });
});
