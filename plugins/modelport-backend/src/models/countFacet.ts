import { FacetValue } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { AWAITING_REVIEW } from './modelsFilter';

const FACET_COLUMNS: Record<string, string> = {
  owner: 'owner',
  source: 'source',
  task: 'task',
  framework: 'framework',
  riskTier: 'risk_tier',
  drift: 'drift',
};

/** Facets of two values. */
const FACET_EXPRESSIONS: Record<string, string> = {
  card: "case when models_models.card_completeness is null then 'missing' else 'present' end",
  review: `case when ${AWAITING_REVIEW} then 'awaiting' else 'none' end`,
};

/** Facets that the list can count. */
export const FACETS = [
  ...Object.keys(FACET_COLUMNS),
  'stage',
  'tag',
  'card',
  'review',
];

/** Values of one facet that are counted at most; the commonest come first. */
const FACET_LIMIT = 100;

/**
 * Counts the values of one facet; models without a value count as null, which the filter calls `none`.
 *
 * @param base - the models that all other filters leave.
 */
export async function countFacet(
  knex: Knex,
  facet: string,
  base: Knex.QueryBuilder,
): Promise<FacetValue[]> {
  let rows: Array<{ value: string | null; count: number | string }>;
  if (facet === 'stage') {
    rows = await base
      .join(
        'models_environments',
        'models_environments.model_id',
        'models_models.id',
      )
      .select({ value: 'models_environments.environment' })
      .count({ count: '*' })
      .groupBy('models_environments.environment')
      .orderBy('count', 'desc')
      .limit(FACET_LIMIT);
  } else if (facet === 'tag') {
    const tags: Array<{
      key: string;
      value: string;
      count: number | string;
    }> = await base
      .join('models_tags', 'models_tags.model_id', 'models_models.id')
      // Longer values are no use as a filter to click on.
      .whereRaw('length(models_tags.value) <= 100')
      .select('models_tags.key', { value: 'models_tags.value_head' })
      .count({ count: '*' })
      .groupBy('models_tags.key', 'models_tags.value_head')
      .orderBy('count', 'desc')
      .limit(FACET_LIMIT);
    rows = tags.map(tag => ({
      value: `${tag.key}=${tag.value}`,
      count: tag.count,
    }));
  } else {
    const column =
      facet in FACET_EXPRESSIONS
        ? knex.raw(FACET_EXPRESSIONS[facet])
        : knex.ref(`models_models.${FACET_COLUMNS[facet]}`);
    rows = await base
      .select({ value: column })
      .count({ count: '*' })
      .groupByRaw('1')
      .orderBy('count', 'desc')
      .limit(FACET_LIMIT);
  }
  return rows.map(row => ({
    value: row.value,
    count: Number(row.count),
  }));
}
