import { EnvironmentState, Figure } from '@modelport/plugin-modelport-common';
import { TrafficShare } from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import { ModelportConfig } from '../config';
import { chunks } from './chunks';
import { ModelCopies, originOf } from './ModelCopies';
import { copyTargetOf } from './copyTargets';
import { deriveEnvironments } from './deriveModel';
import { mainMeasurement } from './mainMeasurement';
import { mainMetric, sortableFigure, VersionMetrics } from './mainMetric';
import { fromJson, ModelRow, modelRows } from './modelRow';
import { nextSequence } from './sequence';
import { StoredDetails } from './versionRow';

/** Newest versions whose metrics are looked at for the main metric and its trend. */
const RECENT_VERSIONS = 10;

/** The environment whose version's main metric a model shows; the last one that promotions lead to. */
function productionOf(config: ModelportConfig): string | undefined {
  return config.environments.at(-1)?.name;
}

interface VersionLine {
  id: number;
  model_id: number;
  version: string;
  stage: string | null;
  framework: string | null;
  created_at: string | null;
}

/**
 * Keeps the columns of a model's row that follow from its versions, so that lists filter and sort in one query.
 */
export class ModelSummaries {
  private readonly copies: ModelCopies;
  private readonly keepsCopies: boolean;

  constructor(
    private readonly knex: Knex,
    private readonly config: ModelportConfig,
  ) {
    this.copies = new ModelCopies(knex);
    this.keepsCopies = config.environments.some(({ copy }) => copy);
  }

  /** Derives the summaries of some models anew and writes those that changed. */
  async refresh(modelIds: Iterable<number>): Promise<void> {
    const ids = [...new Set(modelIds)];
    // What stands in a model of copies is what stands in an environment of the models that these are of.
    const origins = this.keepsCopies ? await this.copies.originsOf(ids) : [];
    for (const chunk of chunks([...new Set([...ids, ...origins])])) {
      await this.refreshChunk(chunk);
    }
  }

  /** By model and environment, the version of which a copy stands there. */
  private async copiedOf(
    models: Array<{ id: number; source: string; name: string }>,
  ): Promise<Map<number, Map<string, string | undefined>>> {
    const found = new Map<number, Map<string, string | undefined>>();
    for (const model of this.keepsCopies ? models : []) {
      const copied = new Map<string, string | undefined>();
      for (const environment of this.config.environments) {
        const target = copyTargetOf(environment, model);
        if (target) {
          const seen = await this.copies.seen(target);
          const live = environment.alias
            ? seen?.aliases[environment.alias]
            : seen?.latestVersion ?? undefined;
          copied.set(
            environment.name,
            live === undefined
              ? undefined
              : originOf(await this.copies.heldBy(target), live, model)
                  ?.version,
          );
        }
      }
      found.set(model.id, copied);
    }
    return found;
  }

  /** Sources that a whole pass went over already: what they list anew was not there then. */
  private async passedSources(
    models: Array<{ latest_version: string | null }>,
  ): Promise<Set<string>> {
    if (models.every(model => model.latest_version !== null)) {
      return new Set();
    }
    const rows: Array<{ id: string }> = await this.knex('sources_sources')
      .whereNotNull('last_success_at')
      .select('id');
    return new Set(rows.map(({ id }) => id));
  }

  private async refreshChunk(ids: number[]): Promise<void> {
    const models = await modelRows(this.knex).whereIn('models_models.id', ids);
    const lines = groupByModel<VersionLine>(
      await this.knex('models_versions')
        .whereIn('model_id', ids)
        .where({ retired_at: null })
        .orderBy(['position', 'id'])
        .select(
          'id',
          'model_id',
          'version',
          'stage',
          'framework',
          'created_at',
        ),
    );
    const copied = await this.copiedOf(models);
    const passed = await this.passedSources(models);
    const now = new Date().toISOString();
    const summaries = models.map(model => {
      const versions = lines.get(model.id) ?? [];
      const environments = deriveEnvironments({
        environments: this.config.environments,
        aliases: fromJson<Record<string, string>>(model.aliases),
        traffic: trafficOf(model),
        versions,
        before: fromJson<EnvironmentState[]>(model.environments),
        copied: copied.get(model.id),
        seenBefore: model.latest_version !== null || passed.has(model.source),
        now,
      });
      const production = environments.find(
        e => e.environment === productionOf(this.config),
      )?.version;
      return { model, versions, environments, production };
    });
    const metrics = await this.metricsOf(
      summaries.flatMap(({ versions, production }) =>
        versions
          .filter(
            (v, index) =>
              index >= versions.length - RECENT_VERSIONS ||
              v.version === production,
          )
          .map(v => v.id),
      ),
    );

    const mains = new Map(
      summaries.map(({ model, versions, production }) => {
        const withMetrics: VersionMetrics[] = versions.flatMap(v => {
          const known = metrics.get(v.id);
          return known ? [{ version: v.version, metrics: known }] : [];
        });
        const main = mainMetric({
          key: model.main_metric_key,
          task: model.task,
          config: this.config.models,
          versions: withMetrics,
          productionVersion: production,
        });
        const shown = versions.find(
          ({ version }) => version === main.mainMetric?.version,
        );
        return [model.id, { ...main, shown: shown?.id }] as const;
      }),
    );
    const details = await this.detailsOf(
      [...mains.values()].flatMap(({ shown }) => shown ?? []),
    );

    const updates = summaries.flatMap(({ model, versions, environments }) => {
      const main = mains.get(model.id);
      const columns = {
        latest_version: versions.at(-1)?.version ?? null,
        version_count: versions.length,
        framework: model.own_framework ?? versions.at(-1)?.framework ?? null,
        main_metric_value: sortableFigure(main?.mainMetric?.value),
        // A new version is a change of the model, whether or not its registry says so.
        updated_at: latest([
          model.updated_at,
          ...versions.map(version => version.created_at),
        ]),
      };
      const contents = {
        environments: JSON.stringify(environments),
        main_metric: main?.mainMetric
          ? JSON.stringify({
              ...main.mainMetric,
              measurement: mainMeasurement(main.mainMetric, {
                metrics: metrics.get(main.shown ?? 0) ?? {},
                details: details.get(main.shown ?? 0) ?? {},
              }),
            })
          : null,
        trend: JSON.stringify(main?.trend ?? []),
      };
      return isPartOf(columns, model) && isPartOf(contents, model)
        ? []
        : [{ id: model.id, columns, contents, environments }];
    });
    if (updates.length === 0) {
      return;
    }
    await this.knex.transaction(async trx => {
      const seq = await nextSequence(trx);
      for (const { id, columns, contents } of updates) {
        await trx('models_models')
          .where({ id })
          .update({ ...columns, seq });
        await trx('models_contents').where({ model_id: id }).update(contents);
      }
      await trx('models_environments')
        .whereIn(
          'model_id',
          updates.map(u => u.id),
        )
        .delete();
      await trx.batchInsert(
        'models_environments',
        updates.flatMap(({ id, environments }) =>
          environments.map(e => ({
            model_id: id,
            environment: e.environment,
            version: e.version,
            since: e.since,
          })),
        ),
        200,
      );
    });
  }

  private async detailsOf(
    versionIds: number[],
  ): Promise<Map<number, Partial<StoredDetails>>> {
    const found = new Map<number, Partial<StoredDetails>>();
    for (const chunk of chunks(versionIds)) {
      const rows: Array<{ id: number; details: string }> = await this.knex(
        'models_versions',
      )
        .whereIn('id', chunk)
        .select('id', 'details');
      rows.forEach(row => found.set(row.id, fromJson(row.details)));
    }
    return found;
  }

  private async metricsOf(
    versionIds: number[],
  ): Promise<Map<number, Record<string, Figure>>> {
    const found = new Map<number, Record<string, Figure>>();
    for (const chunk of chunks(versionIds)) {
      const rows: Array<{ id: number; metrics: string }> = await this.knex(
        'models_versions',
      )
        .whereIn('id', chunk)
        .select('id', 'metrics');
      rows.forEach(row =>
        found.set(row.id, fromJson<Record<string, Figure>>(row.metrics)),
      );
    }
    return found;
  }
}

function latest(times: Array<string | null>): string | null {
  return times.reduce(
    (a, b) => (a !== null && (b === null || a > b) ? a : b),
    null,
  );
}

function isPartOf<T extends object>(part: T, whole: T): boolean {
  return (Object.keys(part) as Array<keyof T>).every(
    key => part[key] === whole[key],
  );
}

function groupByModel<T extends { model_id: number }>(
  rows: T[],
): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.model_id);
    if (group) {
      group.push(row);
    } else {
      groups.set(row.model_id, [row]);
    }
  }
  return groups;
}

function trafficOf({ traffic }: ModelRow): Record<string, TrafficShare[]> {
  return traffic === null ? {} : fromJson(traffic);
}
