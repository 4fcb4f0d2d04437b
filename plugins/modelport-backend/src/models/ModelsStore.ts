import {
  DriftState,
  EntityClaim,
  EnvironmentState,
  FacetValue,
  ObservedVersion,
  RiskDecision,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { chunks } from './chunks';
import { contentDigest } from './contentDigest';
import { countFacet } from './countFacet';
import { decodeCursor, encodeCursor } from './cursor';
import { fromJson, ModelRow, modelRows } from './modelRow';
import {
  ModelsQuery,
  ModelsVisibility,
  whereFiltered,
  whereVisible,
} from './modelsFilter';
import { readActivities } from './readActivities';
import { nextSequence } from './sequence';
import { LISTED_DESCRIPTION, shortText } from './shortText';
import { updateClaims } from './updateClaims';

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

/** Characters of a description that the catalog and search are told. */
const CHANGED_DESCRIPTION = 20_000;

const rowId = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const plainText = z.string().regex(/^[^\0]*$/);

const listCursor = z.object({
  sort: z.string(),
  /** Digest of the filters that the list has: the place in one says nothing of another. */
  of: z.string(),
  value: z.union([plainText, z.number(), z.null()]),
  id: rowId,
});

const changesCursor = z.object({ seq: z.number().int().min(0), id: rowId });

/** A row of a list, with what it is sorted by and how many there are. */
type ListedRow = ModelRow & {
  value: string | number | null;
  total: number | string;
};

/** Reads and decisions on models; what a pass writes is in ModelsSyncStore. */
export class ModelsStore {
  constructor(
    private readonly knex: Knex,
    private readonly entityNamespace: string,
  ) {}

  /** A page of models with their number; `nextCursor` stays right while models come and go. */
  async list(options: {
    filters: ModelsQuery;
    visibility: ModelsVisibility;
    sort: string;
    limit: number;
    cursor?: string;
  }): Promise<{ rows: ModelRow[]; total: number; nextCursor: string | null }> {
    const descending = options.sort.startsWith('-');
    const field = options.sort.replace(/^-/, '');
    const column = SORT_COLUMNS[field];
    const nullable = !NEVER_NULL.includes(field);
    const of = contentDigest(options.filters);
    const after = options.cursor
      ? decodeCursor(
          options.cursor,
          listCursor.refine(
            c =>
              c.sort === options.sort &&
              c.of === of &&
              (c.value === null ||
                NUMERIC_SORTS.includes(field) ===
                  (typeof c.value === 'number')),
          ),
        )
      : undefined;

    // Nulls come last on both databases and in both directions.
    const order = (value: string, id: string) =>
      `${nullable ? `${value} is null, ` : ''}${value} ${
        descending ? 'desc' : 'asc'
      }, ${id} ${descending ? 'desc' : 'asc'}`;
    const keys = this.visible(options.filters, options.visibility)
      .select('models_models.id', this.knex.raw(`${column} as value`))
      .orderByRaw(order(column, 'models_models.id'))
      .limit(options.limit + 1);
    if (after) {
      const sign = descending ? '<' : '>';
      if (after.value === null) {
        keys.whereRaw(`${column} is null and models_models.id ${sign} ?`, [
          after.id,
        ]);
      } else {
        keys.whereRaw(
          `((${column}, models_models.id) ${sign} (?, ?)${
            nullable ? ` or ${column} is null` : ''
          })`,
          [after.value, after.id],
        );
      }
    }
    // A search by words reads all texts: the first page counts with the same reading, later ones would count the rest only.
    const total =
      options.filters.q && !after
        ? this.knex.raw('count(*) over ()')
        : this.visible(options.filters, options.visibility).count();
    const found = await modelRows(this.knex, {
      description: LISTED_DESCRIPTION + 1,
    })
      .join(
        keys.select(this.knex.raw('(?) as total', [total])).as('page'),
        'page.id',
        'models_models.id',
      )
      .select<ListedRow[]>('page.value', 'page.total')
      .orderByRaw(order('page.value', 'page.id'));
    const page = found.slice(0, options.limit);
    const last = page.at(-1);
    return {
      rows: page.map(row => ({
        ...row,
        description: shortText(row.description, LISTED_DESCRIPTION),
      })),
      // A page beyond the last row has nothing to read the number from.
      total: Number(
        found.at(0)?.total ??
          (after ? await this.count(options.filters, options.visibility) : 0),
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

  /** One model that the caller may see. */
  async get(
    source: string,
    name: string,
    visibility?: ModelsVisibility,
  ): Promise<ModelRow | undefined> {
    const [row] = await modelRows(this.knex)
      .whereNull('models_models.retired_at')
      .where('models_models.source', source)
      .where('models_models.name', name)
      .where(inner => whereVisible(inner, visibility));
    return row;
  }

  /** Some models, those of them that the caller may see. */
  async getAll(
    models: Array<{ source: string; name: string }>,
    visibility: ModelsVisibility,
  ): Promise<ModelRow[]> {
    const names = new Map<string, Set<string>>();
    for (const { source, name } of models) {
      names.set(source, (names.get(source) ?? new Set()).add(name));
    }
    const found: ModelRow[] = [];
    for (const [source, wanted] of names) {
      for (const chunk of chunks([...wanted])) {
        const rows = await modelRows(this.knex)
          .whereNull('models_models.retired_at')
          .where('models_models.source', source)
          .whereIn('models_models.name', chunk)
          .where(inner => whereVisible(inner, visibility));
        rows.forEach(row => found.push(row));
      }
    }
    return found;
  }

  /**
   * Records a confirmed tier beside the history of decisions.
   *
   * @param also - writes more in the same transaction.
   */
  async confirmRiskTier(
    id: number,
    decision: RiskDecision,
    also: (trx: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      const seq = await nextSequence(trx);
      await trx('models_risk_decisions').insert({ model_id: id, ...decision });
      await trx('models_activities').insert({
        model_id: id,
        at: decision.at,
        by: decision.by,
        kind: 'risk-tier-confirmed',
        version: null,
        detail: JSON.stringify({
          tier: decision.tier,
          comment: decision.comment,
        }),
      });
      await trx('models_models')
        .where({ id })
        .update({ risk_tier: decision.tier, seq });
      await trx('models_contents')
        .where({ model_id: id })
        .update({ risk_tier_confirmed: JSON.stringify(decision) });
      await also(trx);
    });
  }

  /** Keeps how complete the card of a model's latest version is. */
  async putCardCompleteness(
    id: number,
    completeness: number | null,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      const seq = await nextSequence(trx);
      await trx('models_models')
        .where({ id })
        .update({ card_completeness: completeness, seq });
    });
  }

  /** Keeps how many promotions of a model wait for a decision. */
  async putOpenPromotions(id: number, count: number): Promise<void> {
    await this.knex('models_reviews')
      .insert({ model_id: id, promotions: count })
      .onConflict('model_id')
      .merge();
  }

  /** Keeps what was seen serving in the environments of a model. */
  async putObserved(
    id: number,
    observed: ReadonlyMap<string, ObservedVersion[]>,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      const seq = await nextSequence(trx);
      const row = await trx('models_contents')
        .where({ model_id: id })
        .first<{ environments: string } | undefined>('environments');
      if (row) {
        const environments = fromJson<EnvironmentState[]>(row.environments).map(
          state => ({
            ...state,
            observed: observed.get(state.environment) ?? [],
          }),
        );
        await trx('models_contents')
          .where({ model_id: id })
          .update({ environments: JSON.stringify(environments) });
        await trx('models_models').where({ id }).update({ seq });
      }
    });
  }

  /** What a model asks of its own promotions, unchecked; undefined where that is nothing. */
  async promotionRules(id: number): Promise<unknown> {
    const row = await this.knex('models_rules')
      .where({ model_id: id })
      .first<{ promotions: string } | undefined>('promotions');
    return row && fromJson<unknown>(row.promotions);
  }

  /** What is to be computed of a model's data, unchecked; undefined where that is nothing. */
  async monitor(id: number): Promise<unknown> {
    const row = await this.knex('models_monitors')
      .where({ model_id: id })
      .first<{ definition: string } | undefined>('definition');
    return row && fromJson<unknown>(row.definition);
  }

  /** Narrows rows of a table with columns `source` and `name` to models that the caller may see. */
  narrow(
    query: Knex.QueryBuilder,
    table: string,
    visibility: ModelsVisibility,
  ): void {
    if (visibility) {
      query.whereExists(inner =>
        inner
          .from('models_models')
          .whereRaw('models_models.source = ??', [`${table}.source`])
          .whereRaw('models_models.name = ??', [`${table}.name`])
          .where(visible => whereVisible(visible, visibility)),
      );
    }
  }

  async putDrift(id: number, drift: DriftState): Promise<void> {
    await this.knex.transaction(async trx => {
      const seq = await nextSequence(trx);
      await trx('models_models').where({ id }).update({ drift, seq });
    });
  }

  /** What happened to a model, newest first: its own and its versions' creation, and what was recorded since. */
  async activities(
    model: ModelRow,
    options: { limit: number; cursor?: string },
  ): ReturnType<typeof readActivities> {
    return readActivities(this.knex, model, options);
  }

  /** Models in the order of their last change, retired ones included. */
  async changes(options: { cursor?: string; limit: number }): Promise<{
    rows: ModelRow[];
    nextCursor: string;
    more: boolean;
  }> {
    const after = options.cursor
      ? decodeCursor(options.cursor, changesCursor)
      : { seq: 0, id: 0 };
    const rows = await modelRows(this.knex, {
      description: CHANGED_DESCRIPTION,
    })
      .whereRaw('(seq, id) > (?, ?)', [after.seq, after.id])
      .orderBy([{ column: 'seq' }, { column: 'id' }])
      .limit(options.limit + 1);
    const page = rows.slice(0, options.limit);
    const last = page.at(-1);
    return {
      rows: page,
      nextCursor: encodeCursor(
        last ? { seq: Number(last.seq), id: last.id } : after,
      ),
      more: rows.length > options.limit,
    };
  }

  /** Replaces the claims of hand-written entities; models whose claim changed come up as changed. */
  async putClaims(claims: EntityClaim[]): Promise<void> {
    await this.knex.transaction(async trx => {
      await trx('models_claims').delete();
      await trx.batchInsert(
        'models_claims',
        claims.map(claim => ({
          source: claim.source,
          name: claim.name,
          entity_ref: claim.entityRef.toLowerCase(),
        })),
        200,
      );
      await updateClaims(trx);
    });
  }

  private async count(
    filters: ModelsQuery,
    visibility: ModelsVisibility,
  ): Promise<number> {
    const row = await this.visible(filters, visibility)
      .count({ count: '*' })
      .first<{ count: number | string }>();
    return Number(row.count);
  }

  private visible(
    filters: ModelsQuery,
    visibility: ModelsVisibility,
    except?: keyof ModelsQuery,
  ): Knex.QueryBuilder {
    const query = this.knex('models_models').whereNull(
      'models_models.retired_at',
    );
    query.where(inner => whereVisible(inner, visibility));
    whereFiltered(query, filters, {
      entityNamespace: this.entityNamespace,
      except,
    });
    return query;
  }
}
