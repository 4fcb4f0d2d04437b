import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { Model, TrafficShare } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { AuditEvent, AuditLog } from '../audit/AuditLog';
import { EnvironmentConfig } from '../config';
import { messageOf } from '../messageOf';
import { copyTargetOf } from '../models/copyTargets';
import { ModelsService } from '../models/ModelsService';
import { EnvironmentsStore } from './EnvironmentsStore';
import { liveIn } from './GateFactsReader';
import { PromotionRecord } from './PromotionRecord';
import { PromotionsStore } from './PromotionsStore';
import { RegistryPlaces } from './RegistryPlaces';
import { revise } from './revise';
import { RegistryTraffic } from './rollout/RegistryTraffic';
import { isHeld } from './rollout/rolloutRules';
import { isSameSplit } from './rollout/shares';

const TASK = 'environments';
const PAGE = 200;

interface Change {
  model: Model;
  environment: EnvironmentConfig;
  before: string | null;
  after: string | null;
  /** Versions that share what comes there, where those are several. */
  shares: TrafficShare[];
  /** Whether something was known of the environment before. */
  wasWatched: boolean;
}

/** Sees what is live where from what passes find, and what was changed at a registry without a promotion. */
export class EnvironmentWatch {
  constructor(
    private readonly options: {
      knex: Knex;
      models: ModelsService;
      environments: EnvironmentConfig[];
      store: EnvironmentsStore;
      promotions: PromotionsStore;
      places: RegistryPlaces;
      traffic: RegistryTraffic;
      audit: AuditLog;
      logger: LoggerService;
      now: () => Date;
      /** Told of models in which something was changed behind the portal's back. */
      moved: (model: { source: string; name: string }) => Promise<void>;
      /** Told of promotions whose version was taken away so. */
      told: (before: PromotionRecord, after: PromotionRecord) => Promise<void>;
    },
  ) {}

  /** Goes on with the models that changed since the last time. */
  async continueRounds(options: { signal: AbortSignal }): Promise<void> {
    const { knex, models } = this.options;
    for (const { source, name } of await this.unsettled()) {
      options.signal.throwIfAborted();
      await this.look({ source, name });
    }
    for (let more = true; more && !options.signal.aborted; ) {
      const row = await knex('promotions_progress')
        .where({ task: TASK })
        .first<{ cursor: string } | undefined>();
      const page = await models.changes({ cursor: row?.cursor, limit: PAGE });
      await this.take(page.items.flatMap(({ model }) => model ?? []));
      await knex('promotions_progress')
        .insert({ task: TASK, cursor: page.nextCursor })
        .onConflict('task')
        .merge();
      more = page.more;
    }
  }

  private async unsettled(): Promise<Array<{ source: string; name: string }>> {
    return this.options.knex('promotions_unsettled').select('source', 'name');
  }

  /** Looks at a model again of which the registry could not be asked. */
  private async look(id: { source: string; name: string }): Promise<void> {
    await this.options.knex('promotions_unsettled').where(id).delete();
    try {
      await this.take([
        await this.options.models.get(id.source, id.name, undefined),
      ]);
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
    }
  }

  private async take(models: Model[]): Promise<void> {
    const changes = await this.changesOf(models);
    const first = changes.filter(({ wasWatched }) => !wasWatched);
    const at = this.options.now().toISOString();
    await this.options.knex.transaction(trx =>
      this.options.store.putFirst(
        trx,
        first.map(change => ({
          ...environmentOf(change),
          version: change.after,
          shares: change.shares,
          from: sinceOf(change),
        })),
        at,
      ),
    );
    for (const change of changes.filter(({ wasWatched }) => wasWatched)) {
      await this.takeMove(change);
    }
  }

  private async changesOf(models: Model[]): Promise<Change[]> {
    const { store, environments } = this.options;
    const bySource = new Map<string, Model[]>();
    for (const model of models) {
      bySource.set(model.source, [
        ...(bySource.get(model.source) ?? []),
        model,
      ]);
    }
    const changes: Change[] = [];
    for (const [source, some] of bySource) {
      const known = new Map(
        (
          await store.currentOf(
            source,
            some.map(({ name }) => name),
          )
        ).map(period => [
          JSON.stringify([period.name, period.environment]),
          period,
        ]),
      );
      for (const model of some) {
        for (const environment of environments) {
          const period = known.get(
            JSON.stringify([model.name, environment.name]),
          );
          const after = liveIn(model, environment.name);
          if (after === null && isUnread(model, environment, period?.version)) {
            continue;
          }
          const shares = sharesIn(model, environment.name);
          const isSame =
            period?.version === after && isSameSplit(period.shares, shares);
          if (!isSame) {
            changes.push({
              model,
              environment,
              before: period?.version ?? null,
              after,
              shares,
              wasWatched: period !== undefined,
            });
          }
        }
      }
    }
    return changes;
  }

  /** A pass may have read before a promotion and written after it: the registry itself says whether it is so. */
  private async takeMove(change: Change): Promise<void> {
    const {
      promotions,
      places,
      environments: _all,
      knex,
      store,
      audit,
      now,
    } = this.options;
    const of = environmentOf(change);
    const executing = await Promise.all(
      (
        await promotions.idsIn(['executing'], of)
      ).map(async id => promotions.get(id)),
    );
    // What waits at a step changes nothing just now.
    const held = executing
      .map(({ promotion }) => promotion)
      .filter(isHeld)
      .map(({ id }) => id);
    const { alias } = change.environment;
    const copy = copyTargetOf(change.environment, change.model);
    try {
      const said =
        alias === undefined && copy === undefined
          ? change.after
          : (
              await places.read(of.source, {
                name: of.name,
                version: null,
                alias: alias ?? null,
                copy,
              })
            ).current;
      // A stage of an old registry says it where no version has the alias.
      // What stands in a model of copies and is none of this model's is nothing of this model.
      const isSo =
        said === change.after ||
        said === null ||
        (copy !== undefined && change.after === null);
      const isSplitSo =
        copy !== undefined ||
        isSameSplit(await this.options.traffic.read(of), change.shares);
      if (executing.length > held.length || !isSo || !isSplitSo) {
        await this.postpone(of);
        return;
      }
    } catch (error) {
      this.options.logger.debug(
        `What is live of ${of.name} is looked at again: ${messageOf(error)}`,
      );
      await this.postpone(of);
      return;
    }
    const at = now().toISOString();
    const live = await promotions.idsIn(['live'], of);
    const news: Array<[PromotionRecord, PromotionRecord]> = [];
    await knex.transaction(async trx => {
      news.length = 0;
      const isNews = await store.put(trx, of, {
        version: change.after,
        shares: change.shares,
        from: (change.before !== change.after && sinceOf(change)) || at,
        at,
        by: null,
        promotion: null,
        behindPortal: true,
      });
      if (!isNews) {
        return;
      }
      const events: AuditEvent[] = [
        {
          actor: `source:${of.source}`,
          action: 'environment.moved-behind-portal',
          ...of,
          version: change.after,
          at,
          detail: {
            from: change.before,
            to: change.after,
            ...(change.shares.length > 0 && { shares: change.shares }),
          },
        },
      ];
      for (const id of [...live, ...held]) {
        await promotions.changeIn(trx, id, promotion => {
          const after: PromotionRecord = {
            ...revise(
              promotion,
              at,
              `Somebody changed ${of.environment} at the registry`,
            ),
            movedElsewhere: isAsBrought(promotion, change)
              ? null
              : { at, version: change.after },
          };
          news.push([promotion, after]);
          return { promotion: after, audit: [] };
        });
      }
      await audit.append(trx, events);
    });
    for (const [before, after] of news) {
      await this.options.told(before, after);
    }
    await this.options.moved(of);
  }

  private async postpone(of: { source: string; name: string }): Promise<void> {
    await this.options
      .knex('promotions_unsettled')
      .insert({ source: of.source, name: of.name })
      .onConflict(['source', 'name'])
      .ignore();
  }
}

/** Whether an alias names a version that has not been read yet, not one that was live and is gone: a pass goes on. */
function isUnread(
  model: Model,
  environment: EnvironmentConfig,
  before: string | null | undefined,
): boolean {
  const named =
    environment.alias === undefined || copyTargetOf(environment, model)
      ? undefined
      : model.aliases[environment.alias];
  return named !== undefined && named !== before;
}

/** Whether what is there now is what a promotion brought. */
function isAsBrought(
  { state, version, execution, rollout }: PromotionRecord,
  { after, shares }: Change,
): boolean {
  return state === 'live'
    ? after === version
    : after === execution.expected &&
        isSameSplit(shares, rollout?.expected ?? []);
}

function sharesIn(model: Model, environment: string): TrafficShare[] {
  return (
    model.environments.find(state => state.environment === environment)
      ?.shares ?? []
  );
}

function environmentOf(change: Change) {
  return {
    source: change.model.source,
    name: change.model.name,
    environment: change.environment.name,
  };
}

/** Since when it is so, as the pass saw it. */
function sinceOf(change: Change): string | null {
  return (
    change.model.environments.find(
      state => state.environment === change.environment.name,
    )?.since ?? null
  );
}
