import { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ALIAS_ANNOTATIONS,
  ANNOTATION_NAME,
  EntityClaim,
  modelOfAnnotations,
} from '@modelport/plugin-modelport-common';
import { LOCATION_TYPE } from './modelEntity';

const PAGE_SIZE = 500;

const annotation = <K extends string>(key: K) =>
  `metadata.annotations.${key}` as const;

/** Entities that name a model and don't come from here. */
const HAND_WRITTEN: NonNullable<
  Parameters<CatalogService['queryEntities']>[0]
> = {
  limit: PAGE_SIZE,
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
      {
        $not: {
          [annotation(ANNOTATION_LOCATION)]: {
            $hasPrefix: `${LOCATION_TYPE}:`,
          },
        },
      },
    ],
  },
};

/** Finds the hand-written entities of the catalog that stand for a model, in the order of their refs. */
export async function findClaims(options: {
  catalog: CatalogService;
  auth: AuthService;
}): Promise<EntityClaim[]> {
  const credentials = await options.auth.getOwnServiceCredentials();
  const claims: EntityClaim[] = [];
  let cursor: string | undefined;
  do {
    const page = await options.catalog.queryEntities(
      cursor ? { cursor, limit: PAGE_SIZE } : HAND_WRITTEN,
      { credentials },
    );
    for (const entity of page.items) {
      const model = modelOfAnnotations(entity.metadata.annotations);
      if (model && isName(model.name)) {
        claims.push({ ...model, entityRef: stringifyEntityRef(entity) });
      }
    }
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return claims.sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
}

/** Whether a model can be called so; one annotation that nobody can mean must not keep the others from being told. */
function isName(name: string): boolean {
  return name.length <= 512 && !name.includes('\u0000');
}
