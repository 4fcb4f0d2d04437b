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
  const [source, entity] = await Promise.all([
    findSource(name, apis.modelport),
    apis.catalog.getEntityByRef(`resource:default/${name}`),
  ]);
  if (source !== undefined) {
    return `is taken: there is such a model in ${source}`;
  }
  return entity ? 'is taken: the catalog has such a resource' : undefined;
}

/** In which source there is a model of a name; the names that have it in them come on as many pages as there are. */
async function findSource(
  name: string,
  modelport: Pick<ModelportApi, 'listModels'>,
): Promise<string | undefined> {
  let cursor: string | undefined;
  do {
    const page = await modelport.listModels({ q: name, limit: 500, cursor });
    const found = page.items.find(model => model.name === name);
    if (found) {
      return found.source;
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return undefined;
}
