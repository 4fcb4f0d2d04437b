import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import { testEntity } from './__testUtils__/renderPage';
import { isModelEntity } from './models/isModelEntity';
import { modelsPage } from './models/extensions';
import plugin from './plugin';
import { promotionsPage } from './promotions/extensions';
import { sourcesPage } from './sources/extensions';

describe('the plugin', () => {
  it('brings its pages, and Models and Promotions into the navigation', () => {
    const models = createExtensionTester(modelsPage);
    expect(models.get(coreExtensionData.routePath)).toBe('/models');
    expect(models.get(coreExtensionData.title)).toBe('Models');
    expect(models.get(coreExtensionData.icon)).toBeDefined();

    const promotions = createExtensionTester(promotionsPage);
    expect(promotions.get(coreExtensionData.routePath)).toBe(
      '/models/promotions',
    );
    expect(promotions.get(coreExtensionData.icon)).toBeDefined();

    const sources = createExtensionTester(sourcesPage);
    expect(sources.get(coreExtensionData.routePath)).toBe('/models/sources');
    expect(sources.get(coreExtensionData.icon)).toBeUndefined();
  });

  it('has every extension under its own id', () => {
    for (const id of [
      'api:modelport',
      'page:modelport',
      'page:modelport/promotions',
      'page:modelport/sources',
      'entity-content:modelport/promotions',
      'entity-card:modelport/overview',
      'entity-content:modelport/versions',
      'search-result-list-item:modelport',
      'search-filter-result-type:modelport',
    ] as const) {
      expect(plugin.getExtension(id)).toBeDefined();
    }
  });
});

describe('isModelEntity', () => {
  it('wants both the type and the annotation of a model', () => {
    expect(isModelEntity(testEntity())).toBe(true);
    expect(isModelEntity(testEntity({}))).toBe(false);
    expect(isModelEntity({ ...testEntity(), spec: { type: 'database' } })).toBe(
      false,
    );
    expect(
      isModelEntity({
        ...testEntity({ 'rhdh.modelcatalog.io/model-name': 'x' }),
        kind: 'Component',
        spec: { type: 'MLflow' },
      }),
    ).toBe(true);
  });
});
