import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { runAction } from '../__testUtils__/runAction';
import { createCatalogAwaitAction } from './createCatalogAwaitAction';

const REF = 'resource:default/credit';

const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'credit' },
};

describe('modelport:catalog:await', () => {
  it('goes on once the entity is there', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntityByRef
      .mockResolvedValueOnce(undefined)
      .mockResolvedValueOnce(ENTITY);
    const { output } = await runAction(createCatalogAwaitAction({ catalog }), {
      entityRef: REF,
    });
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(2);
    expect(output).toEqual({ found: true });
  });

  it('does not fail for one that takes longer', async () => {
    const catalog = catalogServiceMock.mock();
    const { output } = await runAction(createCatalogAwaitAction({ catalog }), {
      entityRef: REF,
      seconds: 0,
    });
    expect(output).toEqual({ found: false });
  });
});
