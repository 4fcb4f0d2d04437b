import { PageQuery } from '../api/modelportApi';

const PAGE_SIZE = 50;

/** A page of a model's versions, as the API takes it. */
export function versionsQuery(cursor: string | undefined): PageQuery {
  return { limit: PAGE_SIZE, cursor };
}
