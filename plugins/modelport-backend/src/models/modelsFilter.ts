import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { Knex } from 'knex';
import { ModelsFilter } from './permissionRules';
import { searchWords } from './searchWords';

/** What the caller may see: undefined for everything. */
export type ModelsVisibility = PermissionCriteria<ModelsFilter> | undefined;

/** The filters of the list of models. Values of one filter are alternatives; tags must all be there. */
export interface ModelsQuery {
  q?: string;
  owner?: string[];
  source?: string[];
  task?: string[];
  framework?: string[];
  riskTier?: string[];
  stage?: string[];
  tag?: string[];
  drift?: string[];
  card?: string[];
  review?: string[];
  entityRef?: string[];
}

const FILTER_COLUMNS = {
  owner: 'owner',
  source: 'source',
  riskTier: 'risk_tier',
} as const;

/** Signs of a tag that may be the one between key and value. */
const MAX_SIGNS = 10;

/** The value by which a filter asks for models that have none. */
const NO_VALUE = 'none';

/** Whether promotions of a model wait for a decision. */
export const AWAITING_REVIEW =
  'exists (select 1 from models_reviews where models_reviews.model_id = models_models.id and models_reviews.promotions > 0)';

/** Narrows a query on models_models to what the caller may see. */
export function whereVisible(
  query: Knex.QueryBuilder,
  visibility: ModelsVisibility,
): void {
  if (!visibility) {
    return;
  }
  if (isNotCriteria(visibility)) {
    // A condition on an absent owner is false, and its opposite true, which SQL's null would not say.
    query.whereNot(inner => {
      whereVisible(inner, visibility.not);
    });
  } else if (isAndCriteria(visibility)) {
    for (const part of visibility.allOf) {
      query.where(inner => whereVisible(inner, part));
    }
  } else if (isOrCriteria(visibility)) {
    query.where(outer => {
      for (const part of visibility.anyOf) {
        outer.orWhere(inner => whereVisible(inner, part));
      }
    });
  } else {
    const column = `models_models.${FILTER_COLUMNS[visibility.key]}`;
    query
      .whereNotNull(column)
      .where(inner => inner.whereIn(column, visibility.values));
  }
}

/** Whether texts are searched. */
export function isSearch(filters: ModelsQuery): boolean {
  return searchWords(filters.q ?? '').length > 0;
}

/**
 * Models that no pass retired, found by the words of a search where there is one. Texts are kept of current models only,
 * so that a database reads models_models beside them where something else is asked of it, and not otherwise.
 */
export function currentModels(
  knex: Knex,
  filters: ModelsQuery,
): Knex.QueryBuilder {
  if (!isSearch(filters)) {
    return knex('models_models').whereNull('models_models.retired_at');
  }
  const query = knex('models_search').leftJoin(
    'models_models',
    'models_models.id',
    'models_search.model_id',
  );
  for (const word of searchWords(filters.q ?? '')) {
    query.whereRaw("models_search.text like ? escape '\\'", [
      `%${word.replace(/[\\%_]/g, '\\$&')}%`,
    ]);
  }
  return query;
}

/** Narrows a query of current models by the filters of the list, all of them but its words and one that a facet counts. */
export function whereFiltered(
  query: Knex.QueryBuilder,
  filters: ModelsQuery,
  options: { entityNamespace: string; except?: keyof ModelsQuery },
): void {
  const given = (key: Exclude<keyof ModelsQuery, 'q'>) =>
    key === options.except || !filters[key]?.length ? undefined : filters[key];

  const columns = [
    ['owner', 'owner'],
    ['source', 'source'],
    ['task', 'task'],
    ['framework', 'framework'],
    ['riskTier', 'risk_tier'],
    ['drift', 'drift'],
  ] as const;
  for (const [key, column] of columns) {
    const values = given(key);
    if (values) {
      query.where(inner => {
        inner.whereIn(`models_models.${column}`, values);
        if (values.includes(NO_VALUE) && key !== 'drift') {
          inner.orWhereNull(`models_models.${column}`);
        }
      });
    }
  }
  const cards = given('card');
  if (cards?.length === 1) {
    if (cards[0] === 'present') {
      query.whereNotNull('models_models.card_completeness');
    } else {
      query.whereNull('models_models.card_completeness');
    }
  }
  const reviews = given('review');
  if (reviews?.length === 1) {
    query.whereRaw(
      reviews[0] === 'awaiting' ? AWAITING_REVIEW : `not ${AWAITING_REVIEW}`,
    );
  }
  const stages = given('stage');
  if (stages) {
    query.whereExists(inner =>
      inner
        .from('models_environments')
        .whereRaw('models_environments.model_id = models_models.id')
        .whereIn('models_environments.environment', stages),
    );
  }
  const refs = given('entityRef');
  if (refs) {
    whereEntity(query, refs, options.entityNamespace);
  }
  for (const tag of given('tag') ?? []) {
    query.whereIn('models_models.id', inner => {
      inner.select('model_id').from('models_tags');
      whereTag(inner, tag);
    });
  }
}

function whereEntity(
  query: Knex.QueryBuilder,
  refs: string[],
  entityNamespace: string,
): void {
  const lower = refs.map(ref => ref.toLowerCase());
  const prefix = `resource:${entityNamespace}/`.toLowerCase();
  query.where(outer =>
    outer.whereIn('models_models.claimed_by', lower).orWhere(inner =>
      inner.whereNull('models_models.claimed_by').whereIn(
        'models_models.entity_name',
        lower
          .filter(ref => ref.startsWith(prefix))
          .map(ref => ref.slice(prefix.length)),
      ),
    ),
  );
}

/** `key`, `key=value` or `key:value`; keys may hold either sign themselves, so each reading counts. */
function whereTag(query: Knex.QueryBuilder, tag: string): void {
  query.where(outer => {
    outer.where('key', tag);
    const signs = [...tag.matchAll(/[=:]/g)].slice(0, MAX_SIGNS);
    for (const match of signs) {
      const key = tag.slice(0, match.index);
      const value = tag.slice(match.index + 1);
      outer.orWhere({ key, value_head: value.slice(0, 200), value });
    }
  });
}
