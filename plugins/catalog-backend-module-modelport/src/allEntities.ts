import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const PAGE_SIZE = 500;

type InitialRequest = Exclude<
  NonNullable<Parameters<CatalogService['queryEntities']>[0]>,
  { cursor: string }
>;

/** Which entities, and which of their fields. */
export type EntitiesRequest = Required<
  Pick<InitialRequest, 'fields' | 'query'>
>;

/** The catalog, and who reads it. */
export interface CatalogReader {
  catalog: CatalogService;
  auth: AuthService;
}

/** Reads entities of the catalog to their end, page by page, in the name of this plugin. */
export async function* allEntities(
  { fields, query }: EntitiesRequest,
  reader: CatalogReader,
): AsyncGenerator<Entity> {
  const credentials = await reader.auth.getOwnServiceCredentials();
  const page = { fields, limit: PAGE_SIZE };
  let cursor: string | undefined;
  do {
    const { items, pageInfo } = await reader.catalog.queryEntities(
      cursor ? { ...page, cursor } : { ...page, query, totalItems: 'exclude' },
      { credentials },
    );
    yield* items;
    cursor = pageInfo.nextCursor;
  } while (cursor);
}
