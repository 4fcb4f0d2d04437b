import { CatalogApi } from '@backstage/plugin-catalog-react';
import { modelNameProblem } from '@modelport/plugin-modelport-common';
import { ModelportApi } from '../api/modelportApi';

/** Why a new model can't have a name; undefined where it can. */
export async function findModelNameProblem(
  name: string,
  apis: {
    modelport: Pick<ModelportApi, 'listModels'>;
    catalog: Pick<CatalogApi, 'getEntityByRef'>;
  },
): Promise<string | undefined> {
  const problem = modelNameProblem(name);
  if (problem !== undefined) {
    return problem;
  }
  const [{ items }, entity] = await Promise.all([
    apis.modelport.listModels({ q: name, limit: 500 }),
    apis.catalog.getEntityByRef(`resource:default/${name}`),
  ]);
  const registered = items.find(model => model.name === name);
  if (registered) {
    return `is taken: there is such a model in ${registered.source}`;
  }
  return entity ? 'is taken: the catalog has such a resource' : undefined;
}
