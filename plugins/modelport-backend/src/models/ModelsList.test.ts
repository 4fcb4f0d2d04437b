import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { FakeModelSource } from '@modelport/plugin-modelport-node/testUtils';
import {
  createTestRegistry,
  TestRegistry,
} from '../__testUtils__/createTestRegistry';
import { ModelsQuery, ModelsVisibility } from './modelsFilter';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('ModelsList on %s', id => {
  let registry: TestRegistry;
  let source: FakeModelSource;

  async function take(): Promise<void> {
    const { signal } = new AbortController();
    const { items } = await source.listModels({ signal });
    await registry.ingest.models.take('fake', items);
  }

  /** Names of all pages, page by page, and the numbers that each page gives. */
  async function pages(options: {
    filters: ModelsQuery;
    sort?: string;
    visibility?: ModelsVisibility;
  }): Promise<{ names: string[][]; totals: number[] }> {
    const names: string[][] = [];
    const totals: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await registry.list.page({
        sort: 'name',
        visibility: undefined,
        ...options,
        limit: 2,
        cursor,
      });
      names.push(page.rows.map(row => row.name));
      totals.push(page.total);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return { names, totals };
  }

  beforeEach(async () => {
    registry = await createTestRegistry(await databases.init(id), {
      logger: mockServices.logger.mock(),
    });
    source = new FakeModelSource('fake', 10);
    for (const name of ['Fraud-b', 'fraud-a', 'churn', 'fraud_c', 'fraud%d']) {
      source.putModel({
        name,
        description: `Scores ${name === 'churn' ? 'customers' : 'payments'}`,
        tags: { task: name === 'fraud-a' ? 'regression' : 'binary' },
      });
    }
    await take();
  });

  it('finds all words, in both directions, with one number on every page', async () => {
    expect(await pages({ filters: { q: 'FRAUD pay' } })).toEqual({
      names: [
        ['fraud%d', 'fraud-a'],
        ['Fraud-b', 'fraud_c'],
      ],
      totals: [4, 4],
    });
    expect(await pages({ filters: { q: 'fraud' }, sort: '-name' })).toEqual({
      names: [
        ['fraud_c', 'Fraud-b'],
        ['fraud-a', 'fraud%d'],
      ],
      totals: [4, 4],
    });
    expect(
      (await pages({ filters: { q: 'd-a scores task=regression' } })).names,
    ).toEqual([['fraud-a']]);
    expect(await pages({ filters: { q: '%d _c' } })).toEqual({
      names: [[]],
      totals: [0],
    });
    expect((await pages({ filters: { q: ' ' } })).totals).toEqual([5, 5, 5]);
  });

  it('finds by words what filters and permissions leave', async () => {
    expect(await pages({ filters: { q: 'fraud', task: ['binary'] } })).toEqual({
      names: [['fraud%d', 'Fraud-b'], ['fraud_c']],
      totals: [3, 3],
    });
    expect(
      await pages({
        filters: { q: 'fraud' },
        visibility: { key: 'source', values: ['another'] },
      }),
    ).toEqual({ names: [[]], totals: [0] });
    expect(
      (
        await pages({
          filters: { q: 'fraud' },
          sort: 'task',
          visibility: { not: { key: 'owner', values: ['group:default/x'] } },
        })
      ).names.flat(),
    ).toEqual(['Fraud-b', 'fraud_c', 'fraud%d', 'fraud-a']);
    expect(
      await registry.list.facet('task', { q: 'fraud' }, undefined),
    ).toEqual([
      { value: 'binary', count: 3 },
      { value: 'regression', count: 1 },
    ]);
  });

  it('finds no model that is gone, and finds it again when it returns', async () => {
    const [model] = await registry.ingest.models.current('fake', 'fraud-a');
    await registry.ingest.models.retire([model.id]);
    expect((await pages({ filters: { q: 'fraud' } })).totals).toEqual([3, 3]);
    await take();
    expect((await pages({ filters: { q: 'fraud' } })).totals).toEqual([4, 4]);
  });
});
