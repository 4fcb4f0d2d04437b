import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { aChange, aModel } from '@modelport/plugin-modelport-node/testUtils';
import { alternativeName } from './alternativeName';
import { TakenNames } from './TakenNames';

function aResource(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location': 'url:https://example.com/a',
      },
    },
    spec: { type: 'database', owner: 'risk' },
  };
}

function takenNames(entities: Entity[]) {
  const catalog = catalogServiceMock.mock();
  catalog.queryEntities.mockResolvedValue({
    items: entities,
    totalItems: 0,
    pageInfo: {},
  });
  const logger = mockServices.logger.mock();
  const names = new TakenNames({
    catalog,
    auth: mockServices.auth(),
    logger,
    namespace: 'default',
  });
  names.note(aChange(aModel()));
  return { names, catalog, logger };
}

const ALTERNATIVE = {
  source: 'mlflow',
  name: 'credit-risk',
  entityRef: `resource:default/${alternativeName(aChange(aModel()))}`,
};

describe('TakenNames', () => {
  it('names a model anew whose name is taken, and says so once', async () => {
    const { names, catalog, logger } = takenNames([
      aResource('Credit-Risk'),
      aResource('other'),
    ]);
    expect(await names.claims([])).toEqual([ALTERNATIVE]);
    expect(await names.claims([])).toEqual([ALTERNATIVE]);
    expect(catalog.queryEntities).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(
        'an entity resource:default/credit-risk from url:https://example.com/a that stands for no model',
      ),
    );
  });

  it('leaves a model alone that a hand-written entity stands for', async () => {
    const { names } = takenNames([aResource('credit-risk')]);
    const entityRef = 'resource:default/credit-risk';
    for (const source of ['mlflow', null]) {
      const claim = { source, name: 'credit-risk', entityRef };
      expect(await names.claims([claim])).toEqual([]);
    }
  });

  it('names a model anew whose name stands for another model', async () => {
    const { names } = takenNames([aResource('credit-risk')]);
    const entityRef = 'resource:default/credit-risk';
    expect(
      await names.claims([{ source: null, name: 'another', entityRef }]),
    ).toEqual([ALTERNATIVE]);
  });

  it('forgets retired models, and looks again for new ones', async () => {
    const { names, catalog } = takenNames([aResource('credit-risk')]);
    await names.claims([]);
    names.note(aChange(aModel(), { retired: true, model: null }));
    expect(await names.claims([])).toEqual([]);
    names.note(aChange(aModel()));
    expect(await names.claims([])).toEqual([ALTERNATIVE]);
    expect(catalog.queryEntities).toHaveBeenCalledTimes(2);
  });
});

describe('alternativeName', () => {
  it.each([
    ['credit-risk', /^credit-risk-[0-9a-f]{12}$/],
    ['x'.repeat(63), /^x{50}-[0-9a-f]{12}$/],
    [`${'x'.repeat(49)}-${'y'.repeat(13)}`, /^x{49}-[0-9a-f]{12}$/],
  ])('of %s is a valid name', (generatedEntityName, expected) => {
    const change = aChange(aModel(), { generatedEntityName });
    expect(alternativeName(change)).toMatch(expected);
    expect(alternativeName(change)).toBe(alternativeName(change));
    expect(alternativeName({ ...change, source: 'b' })).not.toBe(
      alternativeName(change),
    );
  });
});
