import { FacetValue } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { contentDigest } from './contentDigest';
import { countFacet } from './countFacet';
import { decodeCursor, encodeCursor, rowId } from './cursor';
import { ANSWERED_COLUMNS, AnsweredRow } from './modelRow';
import {
  currentModels,
  isSearch,
  ModelsQuery,
  ModelsVisibility,
  whereFiltered,
  whereVisible,
} from './modelsFilter';
import { LISTED_DESCRIPTION, shortText } from './shortText';

const SORT_COLUMNS: Record<string, string> = {
  name: 'models_models.name_sort',
  owner: 'models_models.owner',
  task: 'models_models.task',
  riskTier:
    "case models_models.risk_tier when 'low' then 1 when 'medium' then 2 else 3 end",
  mainMetric: 'models_models.main_metric_value',
  drift:
    "case models_models.drift when 'none' then 1 when 'warning' then 2 when 'drifting' then 3 end",
  cardCompleteness: 'models_models.card_completeness',
  versionCount: 'models_models.version_count',
  createdAt: 'models_models.created_at',
  updatedAt: 'models_models.updated_at',
};

/** Sorts whose column is never null, so that the index alone gives the order. */
const NEVER_NULL = ['name', 'riskTier', 'versionCount'];

/** Sorts by a number; the others sort by a text. */
const NUMERIC_SORTS = [
  'riskTier',
  'mainMetric',
  'drift',
  'cardCompleteness',
  'versionCount',
];

const plainText = z.string().regex(/^[^\0]*$/);

const listCursor = z.object({
  sort: z.string(),
  /** Digest of the filters that the list has: the place in one says nothing of another. */
  of: z.string(),
  value: z.union([plainText, z.number(), z.null()]),
  id: rowId,
});

type ListCursor = z.infer<typeof listCursor>;

/** A row of a list, with what it is sorted by and how many there are. */
type ListedRow = AnsweredRow & {
  id: number;
  value: string | number | null;
  total: number | string;
};

/** What a list of models asks for. */
interface ListOptions {
  filters: ModelsQuery;
  visibility: ModelsVisibility;
  /** A field, with `-` before it for the other direction. */
  sort: string;
  limit: number;
  cursor?: string;
}

/** The current models, filtered, counted, sorted and paged by the database. */
export class ModelsList {
  constructor(
    private readonly knex: Knex,
    private readonly entityNamespace: string,
  ) {}

  /** A page of models with their number; `nextCursor` stays right while models come and go. */
  async page(options: ListOptions): Promise<{
    rows: AnsweredRow[];
    total: number;
    nextCursor: string | null;
  }> {
    const of = contentDigest(options.filters);
    const order = orderOf(options);
    const after = options.cursor
      ? decodeCursor(options.cursor, cursorOf(options.sort, of))
      : undefined;
    const keys = after
      ? this.keysAfter(after, options)
      : this.firstKeys(options);
    const found = await this.knex('models_models')
      .join('models_contents', 'models_contents.model_id', 'models_models.id')
      .join(
        keys.limit(options.limit + 1).as('page'),
        'page.id',
        'models_models.id',
      )
      .select<ListedRow[]>(
        ...ANSWERED_COLUMNS,
        this.knex.raw('substr(description, 1, ?) as description', [
          LISTED_DESCRIPTION + 1,
        ]),
        'page.*',
      )
      .orderByRaw(order.by('page.value', 'page.id'));
    const page = found.slice(0, options.limit);
    const last = page.at(-1);
    return {
      rows: page.map(row => ({
        ...row,
        description: shortText(row.description, LISTED_DESCRIPTION),
      })),
      // A page beyond the last row has nothing to read the number from.
      total: Number(
        found.at(0)?.total ?? (after ? await this.count(options) : 0),
      ),
      nextCursor:
        found.length > options.limit && last
          ? encodeCursor({
              sort: options.sort,
              of,
              value: last.value,
              id: last.id,
            })
          : null,
    };
  }

  /** Counts the values of one facet under all other filters; models without a value count as null, which the filter calls `none`. */
  async facet(
    facet: string,
    filters: ModelsQuery,
    visibility: ModelsVisibility,
  ): Promise<FacetValue[]> {
    return countFacet(
      this.knex,
      facet,
      this.visible(filters, visibility, facet as keyof ModelsQuery),
    );
  }

  /** Id, what it is sorted by and the number of all, of the models that come first. */
  private firstKeys(options: ListOptions): Knex.QueryBuilder {
    const { by, value, id } = orderOf(options);
    if (!isSearch(options.filters)) {
      return this.keys(options)
        .select(this.knex.raw('(?) as total', [this.counted(options)]))
        .orderByRaw(by(value, id));
    }
    // A search reads all texts: one reading finds and counts.
    return this.knex
      .withMaterialized('hits', this.keys(options))
      .from('hits')
      .select('*', this.knex.raw('(select count(*) from hits) as total'))
      .orderByRaw(by('value', 'id'));
  }

  /** The same of those that come after a row. */
  private keysAfter(
    after: ListCursor,
    options: ListOptions,
  ): Knex.QueryBuilder {
    const { by, value, id, sign, nullable } = orderOf(options);
    const keys = this.keys(options)
      .select(this.knex.raw('(?) as total', [this.counted(options)]))
      .orderByRaw(by(value, id));
    return after.value === null
      ? keys.whereRaw(`${value} is null and ${id} ${sign} ?`, [after.id])
      : keys.whereRaw(
          `((${value}, ${id}) ${sign} (?, ?)${
            nullable ? ` or ${value} is null` : ''
          })`,
          [after.value, after.id],
        );
  }

  private keys(options: ListOptions): Knex.QueryBuilder {
    const { value, id } = orderOf(options);
    return this.visible(options.filters, options.visibility).select(
      this.knex.raw(`${id} as id, ${value} as value`),
    );
  }

  private counted(options: ListOptions): Knex.QueryBuilder {
    return this.visible(options.filters, options.visibility).count({
      count: '*',
    });
  }

  private async count(options: ListOptions): Promise<number> {
    const row = await this.counted(options).first<{ count: number | string }>();
    return Number(row.count);
  }

  private visible(
    filters: ModelsQuery,
    visibility: ModelsVisibility,
    except?: keyof ModelsQuery,
  ): Knex.QueryBuilder {
    const query = currentModels(this.knex, filters);
    query.where(inner => whereVisible(inner, visibility));
    whereFiltered(query, filters, {
      entityNamespace: this.entityNamespace,
      except,
    });
    return query;
  }
}

/** How the rows of a list follow each other. */
function orderOf({ sort, filters }: ListOptions) {
  const descending = sort.startsWith('-');
  const field = sort.replace(/^-/, '');
  const nullable = !NEVER_NULL.includes(field);
  const direction = descending ? 'desc' : 'asc';
  // Where texts are searched, their table alone answers a list that is sorted by name.
  const columns =
    field === 'name' && isSearch(filters)
      ? { value: 'models_search.name_sort', id: 'models_search.model_id' }
      : { value: SORT_COLUMNS[field], id: 'models_models.id' };
  return {
    ...columns,
    nullable,
    /** Of what comes after a row. */
    sign: descending ? '<' : '>',
    /** Nulls come last on both databases and in both directions. */
    by: (value: string, id: string) =>
      `${
        nullable ? `${value} is null, ` : ''
      }${value} ${direction}, ${id} ${direction}`,
  };
}

/** A cursor of a list with this order and these filters; others are refused. */
function cursorOf(sort: string, of: string) {
  const numeric = NUMERIC_SORTS.includes(sort.replace(/^-/, ''));
  return listCursor.refine(
    cursor =>
      cursor.sort === sort &&
      cursor.of === of &&
      (cursor.value === null || numeric === (typeof cursor.value === 'number')),
  );
}
