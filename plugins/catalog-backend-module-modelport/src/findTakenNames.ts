import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { allEntities, CatalogReader, EntitiesRequest } from './allEntities';
import { IS_FROM_HERE } from './modelEntity';

/**
 * Finds the names of resources in the models' namespace that entities from elsewhere have.
 *
 * @returns where each comes from, by name in lower case.
 */
export async function findTakenNames(
  namespace: string,
  reader: CatalogReader,
): Promise<Map<string, string>> {
  const request: EntitiesRequest = {
    fields: ['metadata.name', 'metadata.annotations'],
    query: {
      $all: [
        { kind: 'resource', 'metadata.namespace': namespace },
        { $not: IS_FROM_HERE },
      ],
    },
  };
  const taken = new Map<string, string>();
  for await (const { metadata } of allEntities(request, reader)) {
    taken.set(
      metadata.name.toLowerCase(),
      metadata.annotations?.[ANNOTATION_LOCATION] ?? 'an unknown place',
    );
  }
  return taken;
}
