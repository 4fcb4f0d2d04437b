import { testEntity } from '../__testUtils__/renderPage';
import { testModel } from '../__testUtils__/testData';
import { findModelNameProblem } from './findModelNameProblem';

describe('findModelNameProblem', () => {
  const listModels = jest.fn(async ({ q }: { q?: string }) => ({
    // a search finds more than what it was asked for
    items: [testModel({ name: 'car-loan-default' })].filter(({ name }) =>
      name.includes(q ?? ''),
    ),
    totalItems: 1,
    nextCursor: null,
  }));
  const getEntityByRef = jest.fn(async (ref: unknown) =>
    ref === 'resource:default/in-catalog' ? testEntity() : undefined,
  );
  const apis = { modelport: { listModels }, catalog: { getEntityByRef } };

  it.each([
    ['car-loan', undefined],
    ['car-loan-default', 'is taken: there is such a model in demo'],
    ['in-catalog', 'is taken: the catalog has such a resource'],
  ])('says of %s: %s', async (name, expected) => {
    expect(await findModelNameProblem(name, apis)).toBe(expected);
  });

  it('looks on every page of the names that have it in them', async () => {
    const modelport = {
      listModels: async ({ cursor }: { cursor?: string }) => ({
        items: cursor === 'second' ? [testModel({ name: 'risk' })] : [],
        totalItems: 501,
        nextCursor: cursor === 'second' ? null : 'second',
      }),
    };
    expect(await findModelNameProblem('risk', { ...apis, modelport })).toBe(
      'is taken: there is such a model in demo',
    );
  });

  it('asks nobody about a name that nothing can have', async () => {
    listModels.mockClear();
    expect(await findModelNameProblem('lambda', apis)).toContain('Python');
    expect(listModels).not.toHaveBeenCalled();
  });
});
