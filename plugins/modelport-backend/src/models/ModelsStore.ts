import { ConflictError } from '@backstage/errors';
import {
  DriftState,
  EntityClaim,
  EnvironmentState,
  ObservedVersion,
  RiskDecision,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { chunks } from './chunks';
import { decodeCursor, encodeCursor, rowId } from './cursor';
import { fromJson, ModelRow, modelRows } from './modelRow';
import { ModelsVisibility, whereVisible } from './modelsFilter';
import { readActivities } from './readActivities';
import { nextSequence } from './sequence';
import { updateClaims } from './updateClaims';

/** Characters of a description that the catalog and search are told. */
const CHANGED_DESCRIPTION = 20_000;

const changesCursor = z.object({ seq: z.number().int().min(0), id: rowId });

/** Reads and decisions on models; what a pass writes is in ModelsSyncStore. */
export class ModelsStore {
  constructor(private readonly knex: Knex) {}

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
    { id, before }: { id: number; before: string },
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
      const changed = await trx('models_models')
        .where({ id, risk_tier: before })
        .update({ risk_tier: decision.tier, seq });
      if (changed === 0) {
        throw new ConflictError(
          'Somebody else confirmed the risk tier at the same time. Nothing was kept; look at it again.',
        );
      }
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
}
