import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  ALIAS_ANNOTATIONS,
  ANNOTATION_NAME,
  EntityClaim,
  modelOfAnnotations,
} from '@modelport/plugin-modelport-common';
import { allEntities, CatalogReader, EntitiesRequest } from './allEntities';
import { IS_FROM_HERE } from './modelEntity';

const annotation = <K extends string>(key: K) =>
  `metadata.annotations.${key}` as const;

/** Entities that name a model and don't come from here. */
const HAND_WRITTEN: EntitiesRequest = {
  fields: [
    'kind',
    'metadata.name',
    'metadata.namespace',
    'metadata.annotations',
  ],
  query: {
    $all: [
      {
        $any: [
          { [annotation(ANNOTATION_NAME)]: { $exists: true } },
          { [annotation(ALIAS_ANNOTATIONS.mlflowModelUri)]: { $exists: true } },
          { [annotation(ALIAS_ANNOTATIONS.rhdhModelName)]: { $exists: true } },
        ],
      },
      { $not: IS_FROM_HERE },
    ],
  },
};

/** Finds the hand-written entities of the catalog that stand for a model, in the order of their refs. */
export async function findClaims(
  reader: CatalogReader,
): Promise<EntityClaim[]> {
  const claims: EntityClaim[] = [];
  for await (const entity of allEntities(HAND_WRITTEN, reader)) {
    const model = modelOfAnnotations(entity.metadata.annotations);
    const entityRef = stringifyEntityRef(entity);
    if (model && isTellable({ ...model, entityRef })) {
      claims.push({ ...model, entityRef });
    }
  }
  return claims.sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
}

/** Whether the registry takes it; one annotation that nobody can mean must not keep the others from being told. */
function isTellable({ source, name, entityRef }: EntityClaim): boolean {
  return (
    isText(name, 512) &&
    (source === null || isText(source, 255)) &&
    isText(entityRef, 255)
  );
}

function isText(text: string, maxLength: number): boolean {
  return text.length > 0 && text.length <= maxLength && !text.includes('\0');
}
