import {
  EnvironmentState,
  Link,
  MainMetric,
  Model,
  RiskDecision,
  TrendPoint,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { isOverruled } from './ownerCandidates';

// Made once: making a schema takes longer than the rest of a row.
const riskTier = z.enum(['low', 'medium', 'high']);
const proposedTier = riskTier.nullable();
const driftState = z.enum(['none', 'warning', 'drifting', 'unknown']);

/** A row of models_models with its models_contents, as both databases give it. */
export interface ModelRow {
  id: number;
  source: string;
  name: string;
  name_sort: string;
  entity_name: string;
  claimed_by: string | null;
  description: string | null;
  owner_tag: string | null;
  owner_candidates: string;
  owner: string | null;
  system: string | null;
  lifecycle: string | null;
  task: string | null;
  own_framework: string | null;
  framework: string | null;
  risk_tier: string;
  risk_tier_proposed: string | null;
  risk_tier_confirmed: string | null;
  tags: string;
  aliases: string;
  /** Null where nothing is split. */
  traffic: string | null;
  links: string;
  environments: string;
  latest_version: string | null;
  version_count: number;
  main_metric_key: string | null;
  main_metric: string | null;
  main_metric_value: number | null;
  trend: string;
  drift: string;
  card_completeness: number | null;
  created_at: string | null;
  updated_at: string | null;
  fingerprint: string;
  problem: string | null;
  retired_at: string | null;
  /** PostgreSQL gives 64-bit integers as strings. */
  seq: number | string;
}

/** What an answer is made of, besides the description. */
export const ANSWERED_COLUMNS = [
  'source',
  'name',
  'entity_name',
  'claimed_by',
  'owner_tag',
  'owner_candidates',
  'owner',
  'system',
  'lifecycle',
  'task',
  'framework',
  'risk_tier',
  'risk_tier_proposed',
  'risk_tier_confirmed',
  'tags',
  'aliases',
  'links',
  'environments',
  'latest_version',
  'version_count',
  'main_metric',
  'trend',
  'drift',
  'card_completeness',
  'created_at',
  'updated_at',
  'problem',
] as const satisfies Array<keyof ModelRow>;

/** The part of a row that an answer is made of. */
export type AnsweredRow = Pick<
  ModelRow,
  (typeof ANSWERED_COLUMNS)[number] | 'description'
>;

/** What a source's last pass says of the age of its models. */
export interface SourceFreshness {
  fresh: boolean;
  lastSuccessAt: string | null;
}

/**
 * Models with their contents.
 *
 * @param options - `description` is how many characters of it are read at most; all unless given.
 */
export function modelRows(
  knex: Knex,
  options: { description?: number } = {},
): Knex.QueryBuilder<ModelRow, ModelRow[]> {
  const rows = knex('models_models')
    .join('models_contents', 'models_contents.model_id', 'models_models.id')
    .select<ModelRow[]>('models_models.*', 'models_contents.*');
  return options.description === undefined
    ? rows
    : // Of two columns of one name the last counts.
      rows.select<ModelRow[]>(
        knex.raw('substr(models_contents.description, 1, ?) as description', [
          options.description,
        ]),
      );
}

/** Reads JSON that this plugin wrote itself. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text);
}

/** Turns a row into what the API answers. */
export function toModel(
  row: AnsweredRow,
  options: { freshness?: SourceFreshness; entityNamespace: string },
): Model {
  return {
    source: row.source,
    name: row.name,
    entityRef:
      row.claimed_by ??
      `resource:${options.entityNamespace}/${row.entity_name}`,
    description: row.description,
    owner: row.owner,
    ownerTag: row.owner_tag,
    ...(isOverruled(row.owner_tag, fromJson(row.owner_candidates)) && {
      ownerConflict: true,
    }),
    system: row.system,
    lifecycle: row.lifecycle,
    task: row.task,
    framework: row.framework,
    riskTier: riskTier.parse(row.risk_tier),
    riskTierProposed: proposedTier.parse(row.risk_tier_proposed),
    riskTierConfirmed: row.risk_tier_confirmed
      ? fromJson<RiskDecision>(row.risk_tier_confirmed)
      : null,
    tags: fromJson<Record<string, string>>(row.tags),
    aliases: fromJson<Record<string, string>>(row.aliases),
    environments: fromJson<EnvironmentState[]>(row.environments),
    latestVersion: row.latest_version,
    versionCount: row.version_count,
    mainMetric: row.main_metric ? fromJson<MainMetric>(row.main_metric) : null,
    trend: fromJson<TrendPoint[]>(row.trend),
    drift: driftState.parse(row.drift),
    cardCompleteness: row.card_completeness,
    links: fromJson<Link[]>(row.links),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    syncedAt:
      options.freshness?.lastSuccessAt ??
      row.updated_at ??
      new Date(0).toISOString(),
    stale: !options.freshness?.fresh || row.problem !== null,
  };
}
