import { Activity } from '@modelport/plugin-modelport-common';
import { SourceModel } from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import { putPromotionRules } from './auditModelChanges';
import { CHUNK, chunks } from './chunks';
import { DerivedFields } from './deriveModel';
import { entityName } from './entityName';
import { fromJson, ModelRow, modelRows } from './modelRow';
import { ModelsVisibility, whereVisible } from './modelsFilter';
import { searchWords } from './searchWords';
import { updateClaims } from './updateClaims';
import { nextSequence } from './sequence';
import { SOURCE_REMOVED, whereSourceRemoved } from './sourceRemoved';
import { isoTime } from './isoTime';
import { nullable, storable } from './storable';

/** A model to write, with what was derived from it. */
export interface ModelToWrite {
  model: SourceModel;
  fields: DerivedFields;
  ownerCandidates: string[];
  fingerprint: string;
}

/** What one pass or another part of the synchronisation writes of models; versions are in VersionsSyncStore. */
export class ModelsSyncStore {
  constructor(
    private readonly knex: Knex,
    private readonly audit: Pick<AuditLog, 'append'>,
  ) {}

  /** Known models of a source by name, retired ones included. */
  async known(source: string, names: string[]): Promise<Map<string, ModelRow>> {
    const found = new Map<string, ModelRow>();
    for (const chunk of chunks(names)) {
      const rows = await modelRows(this.knex)
        .where({ source })
        .whereIn('name', chunk);
      rows.forEach(row => found.set(row.name, row));
    }
    return found;
  }

  /** Ids and names of a source's models that are not retired, or of the one that is named. */
  async current(
    source: string,
    name?: string,
  ): Promise<Array<{ id: number; name: string }>> {
    return this.knex('models_models')
      .where({
        source,
        retired_at: null,
        ...(name === undefined ? {} : { name }),
      })
      .select('id', 'name');
  }

  /** Writes new and changed models in one transaction. */
  async writeModels(
    source: string,
    models: ModelToWrite[],
    known: Map<string, ModelRow>,
  ): Promise<void> {
    if (models.length === 0) {
      return;
    }
    await this.knex.transaction(async trx => {
      const seq = await nextSequence(trx);
      const fresh = models.filter(m => !known.has(m.model.name));
      const names = await this.entityNames(
        trx,
        source,
        fresh.map(m => m.model.name),
      );
      await trx.batchInsert(
        'models_models',
        fresh.map(write => ({
          source,
          name: write.model.name,
          name_sort: nameSort(write.model),
          entity_name: names.get(write.model.name),
          risk_tier: 'high',
          version_count: 0,
          drift: 'unknown',
          ...modelColumns(write),
          framework: write.fields.framework,
          seq,
        })),
        CHUNK,
      );
      const ids = await this.idsOf(
        trx,
        source,
        models.map(m => m.model.name),
      );
      const idOf = (write: ModelToWrite) => ids.get(write.model.name);
      await trx.batchInsert(
        'models_contents',
        fresh.map(write => ({
          model_id: idOf(write),
          environments: '[]',
          trend: '[]',
          ...contentColumns(write),
        })),
        CHUNK,
      );
      for (const write of models) {
        if (known.has(write.model.name)) {
          const another = isAnother(known.get(write.model.name), write.model);
          await trx('models_models')
            .where({ id: idOf(write) })
            .update({
              ...modelColumns(write),
              ...(another && { risk_tier: 'high' }),
              seq,
            });
          await trx('models_contents')
            .where({ model_id: idOf(write) })
            .update({
              ...contentColumns(write),
              ...(another && { risk_tier_confirmed: null }),
            });
        }
      }
      const hidden = await whereSourceRemoved(trx, [...known.values()]);
      await trx.batchInsert(
        'models_activities',
        models.flatMap(write => activitiesOf(write, known, hidden)),
        CHUNK,
      );
      const rewritten = models.flatMap(
        write => known.get(write.model.name)?.id ?? [],
      );
      for (const chunk of chunks(rewritten)) {
        await trx('models_search').whereIn('model_id', chunk).delete();
        await trx('models_tags').whereIn('model_id', chunk).delete();
        await trx('models_monitors').whereIn('model_id', chunk).delete();
      }
      await trx.batchInsert(
        'models_monitors',
        models.flatMap(write =>
          write.model.monitor
            ? [
                {
                  model_id: idOf(write),
                  definition: storable(JSON.stringify(write.model.monitor)),
                },
              ]
            : [],
        ),
        CHUNK,
      );
      await trx.batchInsert(
        'models_search',
        models.map(write => ({
          model_id: idOf(write),
          name_sort: nameSort(write.model),
          text: searchText(write.model, write.fields),
        })),
        CHUNK,
      );
      await trx.batchInsert(
        'models_tags',
        models.flatMap(write =>
          Object.entries(write.model.tags).map(([key, value]) => ({
            model_id: idOf(write),
            key: storable(key).slice(0, 255),
            value_head: storable(value).slice(0, 200),
            value: storable(value),
          })),
        ),
        CHUNK,
      );
      await putPromotionRules(trx, {
        source,
        audit: this.audit,
        models: new Map(
          models.map(write => {
            const { model } = write;
            const before = known.get(model.name);
            return [
              model.name,
              {
                id: Number(idOf(write)),
                before,
                promotions: model.promotions,
                isAnother: isAnother(before, model),
              },
            ];
          }),
        ),
      });
    });
  }

  /** Marks a model with what kept it from being read, or clears the mark. */
  async setProblem(id: number, problem: string | null): Promise<void> {
    await this.knex.transaction(async trx => {
      await trx('models_models')
        .where({ id })
        .update({ seq: await nextSequence(trx) });
      await trx('models_contents').where({ model_id: id }).update({ problem });
    });
  }

  /** Models marked with a problem. */
  async withProblem(
    source: string,
  ): Promise<Array<{ id: number; name: string; problem: string }>> {
    return this.knex('models_models')
      .join('models_contents', 'models_contents.model_id', 'models_models.id')
      .where({ source, retired_at: null })
      .whereNotNull('problem')
      .select('id', 'name', 'problem');
  }

  /** Retires models and their versions: they leave every list, their rows stay. */
  async retireModels(ids: number[]): Promise<void> {
    await this.takeOut(ids, async (trx, chunk, now) => {
      await trx('models_versions')
        .whereIn('model_id', chunk)
        .where({ retired_at: null })
        .update({ retired_at: now });
      await trx('models_activities').insert(
        chunk.map(id => retirement(id, now)),
      );
    });
  }

  /**
   * Takes models out of every list whose source config no longer names. Nothing is known to be gone at the source: their
   * versions and what runs where stay as they are, until it is named again.
   */
  async hideModels(ids: number[]): Promise<void> {
    await this.takeOut(ids, async (trx, chunk, now) => {
      await trx('models_activities').insert(
        chunk.map(id => retirement(id, now, SOURCE_REMOVED)),
      );
    });
  }

  private async takeOut(
    ids: number[],
    also: (
      trx: Knex.Transaction,
      chunk: number[],
      now: string,
    ) => Promise<void>,
  ): Promise<void> {
    const now = new Date().toISOString();
    for (const chunk of chunks(ids)) {
      await this.knex.transaction(async trx => {
        const seq = await nextSequence(trx);
        await trx('models_models')
          .whereIn('id', chunk)
          .update({ retired_at: now, seq });
        await trx('models_search').whereIn('model_id', chunk).delete();
        await also(trx, chunk, now);
      });
    }
  }

  /** Numbers of models that the caller may see and of their versions, by source. */
  async counts(
    visibility: ModelsVisibility,
  ): Promise<Map<string, { models: number; versions: number }>> {
    const rows: Array<{
      source: string;
      models: number | string;
      versions: number | string | null;
    }> = await this.knex('models_models')
      .where({ retired_at: null })
      .where(inner => whereVisible(inner, visibility))
      .groupBy('source')
      .select('source')
      .count({ models: '*' })
      .sum({ versions: 'version_count' });
    return new Map(
      rows.map(row => [
        row.source,
        { models: Number(row.models), versions: Number(row.versions ?? 0) },
      ]),
    );
  }

  async updateClaims(): Promise<void> {
    await this.knex.transaction(trx => updateClaims(trx));
  }

  private async entityNames(
    trx: Knex.Transaction,
    source: string,
    names: string[],
  ): Promise<Map<string, string>> {
    const result = new Map<string, string>();
    const taken = new Set<string>();
    for (const chunk of chunks(names)) {
      const wanted = chunk.map(name =>
        entityName({ source, name }, () => false),
      );
      const rows: Array<{ entity_name: string }> = await trx('models_models')
        .whereIn('entity_name', wanted)
        .select('entity_name');
      rows.forEach(row => taken.add(row.entity_name));
    }
    for (const name of names) {
      const chosen = entityName({ source, name }, n => taken.has(n));
      taken.add(chosen);
      result.set(name, chosen);
    }
    return result;
  }

  private async idsOf(
    trx: Knex.Transaction,
    source: string,
    names: string[],
  ): Promise<Map<string, number>> {
    const ids = new Map<string, number>();
    for (const chunk of chunks(names)) {
      const rows: Array<{ id: number; name: string }> = await trx(
        'models_models',
      )
        .where({ source })
        .whereIn('name', chunk)
        .select('id', 'name');
      rows.forEach(row => ids.set(row.name, row.id));
    }
    return ids;
  }
}

function modelColumns({
  model,
  fields,
  ownerCandidates,
  fingerprint,
}: ModelToWrite) {
  return {
    owner_tag: nullable(fields.ownerTag),
    owner_candidates: JSON.stringify(ownerCandidates),
    system: nullable(fields.system),
    lifecycle: nullable(fields.lifecycle),
    task: nullable(fields.task),
    own_framework: nullable(fields.framework),
    risk_tier_proposed: fields.riskTierProposed,
    main_metric_key: nullable(fields.mainMetricKey),
    created_at: isoTime(model.createdAt),
    updated_at: isoTime(model.updatedAt),
    fingerprint,
    retired_at: null,
  };
}

function contentColumns({ model }: ModelToWrite) {
  return {
    description: nullable(model.description),
    tags: JSON.stringify(model.tags),
    aliases: JSON.stringify(model.aliases),
    traffic: model.traffic ? JSON.stringify(model.traffic) : null,
    links: JSON.stringify(model.links),
  };
}

/** Whether the name stands for a model made anew, to which no decision on the old one applies. */
function isAnother(before: ModelRow | undefined, model: SourceModel): boolean {
  const createdAt = isoTime(model.createdAt);
  if (before === undefined || before.created_at === createdAt) {
    return false;
  }
  return (
    before.retired_at !== null ||
    (before.created_at !== null && createdAt !== null)
  );
}

function retirement(model: number, at: string, detail = {}) {
  return {
    model_id: model,
    at,
    by: null,
    kind: 'model-retired',
    version: null,
    detail: JSON.stringify(detail),
  };
}

/** What a change of a known model means to a person. */
function activitiesOf(
  { model }: ModelToWrite,
  known: Map<string, ModelRow>,
  hidden: Set<number>,
): Array<Record<string, unknown>> {
  const before = known.get(model.name);
  if (!before) {
    return [];
  }
  const record = (kind: Activity['kind'], detail: Record<string, string>) => ({
    model_id: before.id,
    at: new Date().toISOString(),
    by: null,
    kind,
    version: detail.to ?? null,
    detail: JSON.stringify(detail),
  });
  return [
    ...(before.retired_at === null
      ? []
      : [
          record(
            'model-returned',
            hidden.has(before.id) ? { ...SOURCE_REMOVED } : {},
          ),
        ]),
    ...(isAnother(before, model) ? [record('model-created', {})] : []),
    ...aliasChanges(
      fromJson<Record<string, string>>(before.aliases),
      model.aliases,
    ).map(change => record('alias-changed', change)),
  ];
}

/** Some characters grow when they are made lower case. */
function nameSort(model: SourceModel): string {
  return model.name.toLowerCase().slice(0, 512);
}

function searchText(model: SourceModel, fields: DerivedFields): string {
  const texts = [
    model.name,
    model.description?.slice(0, 2000) ?? '',
    fields.ownerTag ?? '',
    ...Object.entries(model.tags).map(
      ([key, value]) => `${key}=${value.slice(0, 200)}`,
    ),
  ];
  return storable(searchWords(texts.join('\n')).join('\n'));
}

function aliasChanges(
  before: Record<string, string>,
  after: Record<string, string>,
): Array<Record<string, string>> {
  // An alias may be called `constructor`.
  const [from, to] = [before, after].map(map => new Map(Object.entries(map)));
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter(alias => from.get(alias) !== to.get(alias))
    .map(alias => {
      const [old, now] = [from.get(alias), to.get(alias)];
      return {
        alias,
        ...(old === undefined ? {} : { from: old }),
        ...(now === undefined ? {} : { to: now }),
      };
    });
}
