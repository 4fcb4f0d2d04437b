import { renderPage, testEntity } from './renderPage';
import { testModel, testModelPage } from './testData';
import { ModelportApi } from '../api/modelportApi';
import { VersionsContent } from '../versions/VersionsContent';

/** Where the versions of the entity are. */
export const BASE = '/catalog/default/resource/car-loan-default/versions';

/** The model of the entity. */
export const ID = { source: 'demo', name: 'car-loan-default' };

/** Opens the tab, at a path below it. */
export function renderVersions(api: Partial<ModelportApi>, path = '') {
  return renderPage(<VersionsContent />, {
    api: {
      getModel: async () => testModel(),
      listModels: async () => testModelPage([testModel()]),
      ...api,
    },
    entity: testEntity(),
    address: `${BASE}${path}`,
    mountPath: `${BASE}/*`,
  });
}
