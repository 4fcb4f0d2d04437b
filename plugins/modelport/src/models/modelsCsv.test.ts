import { testModel, testModelPage } from '../__testUtils__/testData';
import { ModelportApi, ModelsQuery } from '../api/modelportApi';
import { toCsv } from '../components/csv';
import { readModelRows } from './modelsCsv';

function apiOfPages(): Pick<ModelportApi, 'listModels'> & {
  listModels: jest.Mock;
} {
  return {
    listModels: jest.fn(async ({ cursor }: ModelsQuery) =>
      cursor
        ? testModelPage([testModel({ name: '=HYPERLINK("x")' })], {
            totalItems: 2,
          })
        : testModelPage([testModel()], { totalItems: 2, nextCursor: 'c2' }),
    ),
  };
}

describe('readModelRows', () => {
  it('walks every page of what matches and makes formulas harmless', async () => {
    const api = apiOfPages();
    const rows = await readModelRows(api, { q: 'loan' }, () => true);

    expect(rows).toHaveLength(3);
    expect(api.listModels).toHaveBeenLastCalledWith({
      q: 'loan',
      limit: 500,
      cursor: 'c2',
    });
    expect(toCsv(rows ?? [])).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('stops where it is told to', async () => {
    const api = apiOfPages();
    expect(await readModelRows(api, {}, () => false)).toBeUndefined();
    expect(api.listModels).toHaveBeenCalledTimes(1);
  });
});
