import {
  Dataset,
  EnvironmentState,
  SourceCode,
} from '@modelport/plugin-modelport-common';
import { SourceVersion } from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import { chunks } from './chunks';
import { fromJson } from './modelRow';
import { StoredDetails } from './versionRow';

/** What a version says of where it comes from. */
export interface VersionFacts {
  id: number;
  source: string;
  name: string;
  version: string;
  runId: string | null;
  datasets: Dataset[];
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

/**
 * Told of what a pass wrote, by the ids of rows, for other nouns to derive from. What it is told of may come again, and
 * none at all after a backend was killed; who must not miss anything looks through all of them now and then.
 */
export interface ModelsObserver {
  versionsWritten(ids: number[]): Promise<void>;
  modelsChanged(ids: number[]): Promise<void>;
}

/** Which rows to read: some by their ids, or those after an id. */
export type FactsOf = { ids: number[] } | { after: number; limit: number };

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
    private readonly entityNamespace: string,
  ) {}

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
    const rows = await readRows<VersionLine>(query, 'models_versions.id', of);
    return rows.map(row => {
      const details = fromJson<Partial<StoredDetails>>(row.details);
      return {
        id: row.id,
        source: row.source,
        name: row.name,
        version: row.version,
        runId: fromJson<Partial<SourceVersion>>(row.head).runId ?? null,
        datasets: details.datasets ?? [],
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
    const rows = await readRows<ModelLine>(query, 'models_models.id', of);
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
  column: string,
  of: FactsOf,
): Promise<T[]> {
  if ('after' in of) {
    return query.where(column, '>', of.after).orderBy(column).limit(of.limit);
  }
  const found: T[] = [];
  for (const chunk of chunks(of.ids)) {
    const rows: T[] = await query
      .clone()
      .whereIn(column, chunk)
      .orderBy(column);
    rows.forEach(row => found.push(row));
  }
  return found;
}
