import { Activity, Figure, toFigure } from '@modelport/plugin-modelport-common';
import {
  SourceModel,
  SourceVersion,
  SourceVersionDetails,
  SourceVersionDocuments,
} from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import { DerivedFields } from './deriveModel';
import { entityName } from './entityName';
import { fromJson, ModelRow, modelRows } from './modelRow';
import { updateClaims } from './ModelsStore';
import { nextSequence } from './sequence';
import { isoTime } from './isoTime';
import { versionPosition } from './versionPosition';
import { StoredDetails, VersionRow } from './versionRow';

/** Rows asked for or written in one statement. */
const CHUNK = 200;

/** A model to write, with what was derived from it. */
export interface ModelToWrite {
  model: SourceModel;
  fields: DerivedFields;
  ownerCandidates: string[];
  fingerprint: string;
}

/** A version to write. */
export interface VersionToWrite {
  modelId: number;
  /** Id of its row, where there is one. */
  knownId: number | undefined;
  head: SourceVersion;
  fingerprint: string;
  details: SourceVersionDetails;
}

/** What is known of a version before a pass looks at it again. */
export interface KnownVersion {
  id: number;
  model_id: number;
  version: string;
  fingerprint: string;
  settled: boolean | number;
  retired_at: string | null;
}

/** What one pass or another part of the synchronisation writes of models. */
export class ModelsSyncStore {
  constructor(private readonly knex: Knex) {}

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
          // Some characters grow when they are made lower case.
          name_sort: write.model.name.toLowerCase().slice(0, 512),
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
      await trx.batchInsert(
        'models_activities',
        models.flatMap(write => activitiesOf(write, known)),
        CHUNK,
      );
      const rewritten = models.flatMap(
        write => known.get(write.model.name)?.id ?? [],
      );
      for (const chunk of chunks(rewritten)) {
        await trx('models_search').whereIn('model_id', chunk).delete();
        await trx('models_tags').whereIn('model_id', chunk).delete();
      }
      await trx.batchInsert(
        'models_search',
        models.map(write => ({
          model_id: idOf(write),
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

  /** Known versions of some models, retired ones included, without their contents. */
  async knownVersions(modelIds: number[]): Promise<KnownVersion[]> {
    const found: KnownVersion[] = [];
    for (const chunk of chunks(modelIds)) {
      found.push(
        ...(await this.knex<VersionRow>('models_versions')
          .whereIn('model_id', chunk)
          .select(
            'id',
            'model_id',
            'version',
            'fingerprint',
            'settled',
            'retired_at',
          )),
      );
    }
    return found;
  }

  /** Ids of all versions of a source that are not retired, of models that are not. */
  async currentVersions(
    source: string,
    name?: string,
  ): Promise<Array<{ id: number; name: string; version: string }>> {
    return this.knex('models_versions')
      .join('models_models', 'models_models.id', 'models_versions.model_id')
      .where({
        'models_models.source': source,
        'models_models.retired_at': null,
        'models_versions.retired_at': null,
        ...(name === undefined ? {} : { 'models_models.name': name }),
      })
      .select('models_versions.id', 'models_models.name', 'version');
  }

  /** Writes new and changed versions in one transaction; one that turns out to be as it was is left alone. */
  async writeVersions(versions: VersionToWrite[]): Promise<void> {
    const before = await this.contentsOf(
      versions.flatMap(version => version.knownId ?? []),
    );
    const rows = versions.flatMap(version => {
      const columns = versionColumns(version);
      const old = before.get(version.knownId ?? -1);
      const same =
        old &&
        old.retired_at === null &&
        old.fingerprint === columns.fingerprint &&
        old.details === columns.details &&
        old.metrics === columns.metrics;
      return same ? [] : [columns];
    });
    if (rows.length === 0) {
      return;
    }
    await this.knex.transaction(async trx => {
      for (const chunk of chunks(rows, 50)) {
        await trx('models_versions')
          .insert(chunk)
          .onConflict(['model_id', 'version'])
          .merge();
      }
      // What was read of a version on demand may have changed with it.
      for (const chunk of chunks([...before.keys()])) {
        await trx('models_metric_histories')
          .whereIn('version_id', chunk)
          .delete();
      }
    });
  }

  private async contentsOf(ids: number[]): Promise<Map<number, VersionRow>> {
    const found = new Map<number, VersionRow>();
    for (const chunk of chunks(ids)) {
      const rows = await this.knex<VersionRow>('models_versions').whereIn(
        'id',
        chunk,
      );
      rows.forEach(row => found.set(row.id, row));
    }
    return found;
  }

  /** Retires models and their versions: they leave every list, their rows stay. */
  async retireModels(ids: number[]): Promise<void> {
    const now = new Date().toISOString();
    for (const chunk of chunks(ids)) {
      await this.knex.transaction(async trx => {
        const seq = await nextSequence(trx);
        await trx('models_models')
          .whereIn('id', chunk)
          .update({ retired_at: now, seq });
        await trx('models_versions')
          .whereIn('model_id', chunk)
          .where({ retired_at: null })
          .update({ retired_at: now });
        await trx('models_activities').insert(
          chunk.map(id => ({
            model_id: id,
            at: now,
            by: null,
            kind: 'model-retired',
            version: null,
            detail: '{}',
          })),
        );
      });
    }
  }

  /** Retires versions; answers the models that they belong to. */
  async retireVersions(ids: number[]): Promise<number[]> {
    const now = new Date().toISOString();
    const modelIds = new Set<number>();
    for (const chunk of chunks(ids)) {
      await this.knex.transaction(async trx => {
        const rows = await trx<VersionRow>('models_versions')
          .whereIn('id', chunk)
          .select('model_id', 'version');
        await trx('models_versions')
          .whereIn('id', chunk)
          .update({ retired_at: now });
        await trx('models_activities').insert(
          rows.map(row => ({
            model_id: row.model_id,
            at: now,
            by: null,
            kind: 'version-retired',
            version: row.version,
            detail: '{}',
          })),
        );
        rows.forEach(row => modelIds.add(row.model_id));
      });
    }
    return [...modelIds];
  }

  /** Versions whose documents are still to be read. */
  async documentsDue(
    source: string,
    options: { after: number; limit: number },
  ): Promise<VersionRow[]> {
    return this.knex('models_versions')
      .join('models_models', 'models_models.id', 'models_versions.model_id')
      .where({
        'models_models.source': source,
        'models_models.retired_at': null,
        'models_versions.retired_at': null,
        'models_versions.documents_due': true,
      })
      .where('models_versions.id', '>', options.after)
      .orderBy('models_versions.id')
      .limit(options.limit)
      .select('models_versions.*');
  }

  async writeDocuments(
    row: VersionRow,
    documents: SourceVersionDocuments,
  ): Promise<void> {
    await this.knex('models_versions')
      .where({ id: row.id, fingerprint: row.fingerprint })
      .update({
        documents: JSON.stringify(documents),
        documents_due: false,
        framework: documents.framework ?? row.framework,
      });
  }

  /** Numbers of models and versions by source. */
  async counts(): Promise<Map<string, { models: number; versions: number }>> {
    const rows: Array<{
      source: string;
      models: number | string;
      versions: number | string | null;
    }> = await this.knex('models_models')
      .where({ retired_at: null })
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

/** Splits a list, for statements of bounded size. */
export function chunks<T>(items: T[], size = CHUNK): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
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
    links: JSON.stringify(model.links),
  };
}

/** Whether a retired name came back for a model made anew, to which no decision on the old one applies. */
function isAnother(before: ModelRow | undefined, model: SourceModel): boolean {
  return (
    before !== undefined &&
    before.retired_at !== null &&
    before.created_at !== isoTime(model.createdAt)
  );
}

/** What a change of a known model means to a person. */
function activitiesOf(
  { model }: ModelToWrite,
  known: Map<string, ModelRow>,
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
    ...(before.retired_at === null ? [] : [record('model-returned', {})]),
    ...aliasChanges(
      fromJson<Record<string, string>>(before.aliases),
      model.aliases,
    ).map(change => record('alias-changed', change)),
  ];
}

function versionColumns(version: VersionToWrite) {
  const { metrics, ...details } = version.details;
  const stored: StoredDetails = details;
  const figures: Record<string, Figure> = Object.fromEntries(
    Object.entries(metrics).map(([key, value]) => [key, toFigure(value)]),
  );
  return {
    model_id: version.modelId,
    version: version.head.version,
    position: versionPosition(version.head.version, version.head.createdAt),
    fingerprint: version.fingerprint,
    stage: nullable(version.head.stage),
    author: nullable(version.head.author ?? details.author),
    framework: nullable(details.framework),
    created_at: isoTime(version.head.createdAt),
    head: JSON.stringify(version.head),
    details: JSON.stringify(stored),
    metrics: JSON.stringify(figures),
    settled: details.settled,
    documents_due: true,
    retired_at: null,
  };
}

function searchText(model: SourceModel, fields: DerivedFields): string {
  return storable(
    [
      model.name,
      model.description?.slice(0, 2000) ?? '',
      fields.ownerTag ?? '',
      ...Object.entries(model.tags).map(
        ([key, value]) => `${key}=${value.slice(0, 200)}`,
      ),
    ].join('\n'),
  ).toLowerCase();
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

function nullable(text: string | null): string | null {
  return text === null ? null : storable(text);
}

/** PostgreSQL's text cannot hold the null character. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
