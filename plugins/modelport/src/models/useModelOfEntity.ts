import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Model, modelOfAnnotations } from '@modelport/plugin-modelport-common';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';

/** The name that the entity's annotations give to its model; undefined where they give none. */
export function useNamedModel() {
  const { entity } = useEntity();
  return modelOfAnnotations(entity.metadata.annotations);
}

/**
 * The model that the entity stands for. Where its annotations leave the source open, the portal is asked which model
 * has taken this entity as its own. Fails with a `NotFoundError` where there is none.
 */
export function useModelOfEntity(): Loaded<Model> {
  const { entity } = useEntity();
  const api = useApi(modelportApiRef);
  const named = useNamedModel();
  const entityRef = stringifyEntityRef(entity);

  return useLoad(JSON.stringify([entityRef, named]), async () => {
    if (named?.source) {
      return api.getModel({ source: named.source, name: named.name });
    }
    const { items } = await api.listModels({
      entityRef: [entityRef],
      limit: 1,
    });
    if (items.length === 0) {
      throw new NotFoundError(
        `No source lists a model for the entity ${entityRef}`,
      );
    }
    return items[0];
  });
}

/**
 * Which model the entity stands for; at once where its annotations say so, so that nothing waits for the model itself.
 */
export function useModelIdOfEntity(): Loaded<ModelId> {
  const { entity } = useEntity();
  const api = useApi(modelportApiRef);
  const named = useNamedModel();
  const entityRef = stringifyEntityRef(entity);
  const known = named?.source
    ? { source: named.source, name: named.name }
    : undefined;

  const asked = useLoad(known ? undefined : entityRef, async () => {
    const { items } = await api.listModels({
      entityRef: [entityRef],
      limit: 1,
    });
    if (items.length === 0) {
      throw new NotFoundError(
        `No source lists a model for the entity ${entityRef}`,
      );
    }
    return { source: items[0].source, name: items[0].name };
  });
  return known ? { ...asked, value: known } : asked;
}
