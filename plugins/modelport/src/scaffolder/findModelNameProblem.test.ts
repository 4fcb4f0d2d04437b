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

  it('asks nobody about a name that nothing can have', async () => {
    listModels.mockClear();
    expect(await findModelNameProblem('lambda', apis)).toContain('Python');
    expect(listModels).not.toHaveBeenCalled();
  });
});
