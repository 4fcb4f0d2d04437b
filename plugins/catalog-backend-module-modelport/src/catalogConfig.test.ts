import { ConfigReader } from '@backstage/config';
import { readCatalogConfig } from './catalogConfig';

const read = (catalog: object) =>
  readCatalogConfig(new ConfigReader({ modelport: { catalog } }));

describe('readCatalogConfig', () => {
  it('has defaults', () => {
    expect(readCatalogConfig(new ConfigReader({}))).toEqual({
      frequency: { seconds: 10 },
      entityType: 'ml-model',
      namespace: 'default',
    });
  });

  it('takes what is given', () => {
    expect(
      read({ frequency: '1m', entityType: 'ai-model', namespace: 'models' }),
    ).toEqual({
      frequency: { minutes: 1 },
      entityType: 'ai-model',
      namespace: 'models',
    });
  });

  it.each([
    [{ namespace: 'My Models' }, 'modelport.catalog.namespace'],
    [{ namespace: 'x'.repeat(64) }, 'modelport.catalog.namespace'],
    [{ frequency: 'often' }, 'modelport.catalog.frequency'],
  ])('refuses %j', (catalog, path) => {
    expect(() => read(catalog)).toThrow(path);
  });
});
