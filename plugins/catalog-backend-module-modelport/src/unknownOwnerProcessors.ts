import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';
import { CatalogProcessor } from '@backstage/plugin-catalog-node';
import { LOCATION_TYPE, UNKNOWN_OWNER } from './modelEntity';

/** The catalog's own processor, which makes relations of what stands in `spec`, has 20. */
const BEFORE_RELATIONS = 10;
const AFTER_RELATIONS = 30;

/**
 * The catalog makes a relation of every name of an owner, also of the one that says that none is known: its pages would
 * link to a group that does not exist and warn that it is missing. So the name is set aside while relations are made,
 * and stands there again afterwards. Entities from elsewhere pass as they are.
 */
export function unknownOwnerProcessors(): CatalogProcessor[] {
  return [
    {
      getProcessorName: () => 'ModelportUnknownOwnerAside',
      getPriority: () => BEFORE_RELATIONS,
      postProcessEntity: async entity => {
        if (!isFromHere(entity) || entity.spec?.owner !== UNKNOWN_OWNER) {
          return entity;
        }
        const { owner, ...spec } = entity.spec;
        return { ...entity, spec };
      },
    },
    {
      getProcessorName: () => 'ModelportUnknownOwnerBack',
      getPriority: () => AFTER_RELATIONS,
      postProcessEntity: async entity =>
        isFromHere(entity) && entity.spec?.owner === undefined
          ? { ...entity, spec: { ...entity.spec, owner: UNKNOWN_OWNER } }
          : entity,
    },
  ];
}

function isFromHere(entity: Entity): boolean {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  return location?.startsWith(`${LOCATION_TYPE}:`) ?? false;
}
