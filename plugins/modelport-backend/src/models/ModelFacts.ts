import {
  Dataset,
  EnvironmentState,
  Measurement,
  SourceCode,
} from '@modelport/plugin-modelport-common';
import { SourceVersion } from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import { chunks } from './chunks';
import { fromJson } from './modelRow';
import { ModelsStore } from './ModelsStore';
import { StoredDetails } from './versionRow';

/** What a version says of where it comes from. */
export interface VersionFacts {
  id: number;
  source: string;
  name: string;
  version: string;
  runId: string | null;
  /** The run that its run is a part of. */
  parentRunId: string | null;
  datasets: Dataset[];
  measurements: Measurement[];
  sourceCode: SourceCode | null;
  /** It is gone from its source, or its model is. */
  retired: boolean;
}

/** What a model says of where it runs. */
export interface ModelFacts {
  id: number;
  source: string;
  name: string;
  entityRef: string;
  environments: EnvironmentState[];
  latestVersion: string | null;
  retired: boolean;
}

/** Which rows to read: those of some models, or those after an id. */
export type FactsOf = { models: number[] } | { after: number; limit: number };

interface VersionLine {
  id: number;
  source: string;
  name: string;
  version: string;
  head: string;
  details: string;
  retired_at: string | null;
  model_retired_at: string | null;
}

interface ModelLine {
  id: number;
  source: string;
  name: string;
  entity_name: string;
  claimed_by: string | null;
  environments: string;
  latest_version: string | null;
  retired_at: string | null;
}

/** Reads what other nouns derive from versions and models, retired ones included. */
export class ModelFactsReader {
  constructor(
    private readonly knex: Knex,
    private readonly store: ModelsStore,
    private readonly entityNamespace: string,
  ) {}

  /** Ids of models in the order of their last change, or that of one of their versions. */
  async changed(options: {
    cursor?: string;
    limit: number;
  }): Promise<{ models: number[]; nextCursor: string; more: boolean }> {
    const { rows, ...page } = await this.store.changes(options);
    return { models: rows.map(row => row.id), ...page };
  }

  /** Versions in the order of their ids. */
  async versions(of: FactsOf): Promise<VersionFacts[]> {
    const query = this.knex('models_versions')
      .join('models_models', 'models_models.id', 'models_versions.model_id')
      .select(
        'models_versions.id',
        'source',
        'name',
        'version',
        'head',
        'details',
        'models_versions.retired_at',
        { model_retired_at: 'models_models.retired_at' },
      );
    const rows = await readRows<VersionLine>(
      query,
      { id: 'models_versions.id', model: 'model_id' },
      of,
    );
    return rows.map(row => {
      const details = fromJson<Partial<StoredDetails>>(row.details);
      return {
        id: row.id,
        source: row.source,
        name: row.name,
        version: row.version,
        runId: fromJson<Partial<SourceVersion>>(row.head).runId ?? null,
        parentRunId: details.parentRunId ?? null,
        datasets: details.datasets ?? [],
        measurements: details.measurements ?? [],
        sourceCode: details.sourceCode ?? null,
        retired: row.retired_at !== null || row.model_retired_at !== null,
      };
    });
  }

  /** Models in the order of their ids. */
  async models(of: FactsOf): Promise<ModelFacts[]> {
    const query = this.knex('models_models')
      .join('models_contents', 'models_contents.model_id', 'models_models.id')
      .select(
        'models_models.id',
        'source',
        'name',
        'entity_name',
        'claimed_by',
        'environments',
        'latest_version',
        'retired_at',
      );
    const rows = await readRows<ModelLine>(
      query,
      { id: 'models_models.id', model: 'models_models.id' },
      of,
    );
    return rows.map(row => ({
      id: row.id,
      source: row.source,
      name: row.name,
      entityRef:
        row.claimed_by ?? `resource:${this.entityNamespace}/${row.entity_name}`,
      environments: fromJson<EnvironmentState[]>(row.environments),
      latestVersion: row.latest_version,
      retired: row.retired_at !== null,
    }));
  }
}

async function readRows<T>(
  query: Knex.QueryBuilder,
  columns: { id: string; model: string },
  of: FactsOf,
): Promise<T[]> {
  if ('after' in of) {
    return query
      .where(columns.id, '>', of.after)
      .orderBy(columns.id)
      .limit(of.limit);
  }
  const found: T[] = [];
  for (const chunk of chunks(of.models)) {
    const rows: T[] = await query
      .clone()
      .whereIn(columns.model, chunk)
      .orderBy(columns.id);
    rows.forEach(row => found.push(row));
  }
  return found;
}
