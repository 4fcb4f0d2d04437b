import { InputError } from '@backstage/errors';
import {
  EnvironmentAt,
  EnvironmentHistory,
  EnvironmentsAt,
} from '@modelport/plugin-modelport-common';
import { EnvironmentConfig } from '../config';
import { ModelCopies } from '../models/ModelCopies';
import { CopyTarget, copyTargetOf } from '../models/copyTargets';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { refuseNull } from '../refuseNull';
import { EnvironmentsStore } from './EnvironmentsStore';
import { ObservedStore } from './ObservedStore';
import { PromotionsStore } from './PromotionsStore';
import { RegistryTraffic } from './rollout/RegistryTraffic';
import { toRollout } from './rollout/toRollout';

/** So far ahead the clock of who asks may be. */
const CLOCKS_DIFFER_MS = 60_000;

/** What is and was live where, as the API answers it. */
export class EnvironmentsService {
  constructor(
    private readonly options: {
      environments: EnvironmentConfig[];
      models: ModelsService;
      store: EnvironmentsStore;
      observed: ObservedStore;
      traffic: Pick<RegistryTraffic, 'splitting'>;
      promotions: Pick<PromotionsStore, 'get' | 'idsIn'>;
      copies: Pick<ModelCopies, 'heldBy'>;
      now: () => Date;
    },
  ) {}

  /** @throws `NotFoundError` where there is no such model; `InputError` where a time is none. */
  async at(options: {
    source: string;
    name: string;
    at?: string;
    knownAt?: string;
    visibility: ModelsVisibility;
  }): Promise<EnvironmentsAt> {
    const { source, name } = options;
    const model = await this.options.models.get(
      source,
      name,
      options.visibility,
    );
    const now = this.options.now().toISOString();
    const time =
      options.at === undefined ? now : pastTime('at', options.at, now);
    const knownAt =
      options.knownAt === undefined
        ? undefined
        : pastTime('knownAt', options.knownAt, now);
    // What served in the past is not kept: it is what was said last.
    const serving =
      time >= now
        ? await this.options.observed.of({ source, name })
        : undefined;
    const rollouts =
      time >= now ? await this.rolloutsOf({ source, name }, now) : [];
    const items = await Promise.all(
      this.options.environments.map(
        async (environment): Promise<EnvironmentAt> => {
          const target = copyTargetOf(environment, model);
          const held = target ? await this.options.copies.heldBy(target) : [];
          const copyOf = (version: string | null) =>
            target && version !== null
              ? {
                  ...target,
                  version:
                    held.find(
                      row =>
                        row.source === source &&
                        row.name === name &&
                        row.version === version,
                    )?.targetVersion ?? null,
                }
              : null;
          const base = {
            environment: environment.name,
            means: meaningOf(environment, target),
            promotion: null,
            behindPortal: false,
            copy: null,
            observed: serving?.get(environment.name) ?? [],
            shares: [],
            rollout:
              rollouts.find(one => one.environment === environment.name)
                ?.rollout ?? null,
          };
          const period = await this.options.store.at(
            { source, name, environment: environment.name },
            time,
            knownAt,
          );
          const seen = model.environments.find(
            state => state.environment === environment.name,
          );
          if (period) {
            return {
              ...base,
              status: period.version === null ? 'empty' : 'live',
              version: period.version,
              since: period.from,
              knownSince: period.knownFrom,
              copy: copyOf(period.version),
              promotion: period.promotion,
              behindPortal: period.behindPortal,
              shares: period.shares,
            };
          }
          // What the last pass saw, where the watch has not come to it yet.
          return time >= now && knownAt === undefined && seen
            ? {
                ...base,
                status: 'live',
                version: seen.version,
                copy: copyOf(seen.version),
                since: seen.since,
                knownSince: null,
                shares: seen.shares ?? [],
              }
            : {
                ...base,
                status: 'unknown',
                version: null,
                since: null,
                knownSince: null,
              };
        },
      ),
    );
    return {
      at: time,
      traffic: await this.options.traffic.splitting(source),
      items,
    };
  }

  /** How promotions come to the environments of a model by steps now. */
  private async rolloutsOf(of: { source: string; name: string }, now: string) {
    const { promotions } = this.options;
    const ids = await promotions.idsIn(['approved', 'executing', 'failed'], of);
    const found = await Promise.all(ids.map(async id => promotions.get(id)));
    return found
      .map(({ promotion }) => promotion)
      .filter(
        ({ state, rollout }) =>
          rollout && (state !== 'failed' || rollout.step > 0),
      )
      .reverse()
      .map(promotion => ({
        environment: promotion.environment,
        rollout: toRollout(promotion, now),
      }));
  }

  async history(options: {
    source: string;
    name: string;
    environment: string;
    visibility: ModelsVisibility;
    limit: number;
    cursor?: string;
  }): Promise<EnvironmentHistory> {
    const { source, name, environment } = options;
    refuseNull(environment);
    await this.options.models.get(source, name, options.visibility);
    const { items, total, nextCursor } = await this.options.store.history(
      { source, name, environment },
      options,
    );
    return { items, totalItems: total, nextCursor };
  }
}

/** What an environment is at the registry, in words. */
function meaningOf(
  { alias, stage }: EnvironmentConfig,
  copy: CopyTarget | undefined,
): string {
  if (copy) {
    return `${alias ? `alias ${alias}` : 'newest version'} of ${copy.name} in ${
      copy.source
    }`;
  }
  if (alias) {
    return `alias ${alias}`;
  }
  return stage ? `stage ${stage}` : 'nothing';
}

/** A time that has come, as every time is written; @throws `InputError` where it has not. */
function pastTime(what: string, text: string, now: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InputError(
      `${what} is "${text}"; expected a time such as 2030-01-31T12:00:00Z`,
    );
  }
  const time = date.toISOString();
  if (date.getTime() > new Date(now).getTime() + CLOCKS_DIFFER_MS) {
    throw new InputError(
      `${what} is "${time}", which is still to come at ${now}: nobody can tell what will be live, or known, then`,
    );
  }
  return time;
}
