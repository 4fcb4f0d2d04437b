import { InputError } from '@backstage/errors';
import {
  EnvironmentAt,
  EnvironmentHistory,
  EnvironmentsAt,
} from '@modelport/plugin-modelport-common';
import { EnvironmentConfig } from '../config';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { refuseNull } from '../refuseNull';
import { EnvironmentsStore } from './EnvironmentsStore';
import { ObservedStore } from './ObservedStore';
import { RegistryAliases } from './RegistryAliases';

/** What is and was live where, as the API answers it. */
export class EnvironmentsService {
  constructor(
    private readonly options: {
      environments: EnvironmentConfig[];
      models: ModelsService;
      store: EnvironmentsStore;
      observed: ObservedStore;
      aliases: Pick<RegistryAliases, 'traffic'>;
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
    const time = options.at === undefined ? now : timeOf('at', options.at);
    const knownAt =
      options.knownAt === undefined
        ? undefined
        : timeOf('knownAt', options.knownAt);
    // What served in the past is not kept: it is what was said last.
    const serving =
      time >= now
        ? await this.options.observed.of({ source, name })
        : undefined;
    const items = await Promise.all(
      this.options.environments.map(
        async (environment): Promise<EnvironmentAt> => {
          const base = {
            environment: environment.name,
            means: environment.alias
              ? `alias ${environment.alias}`
              : `stage ${environment.stage}`,
            promotion: null,
            behindPortal: false,
            observed: serving?.get(environment.name) ?? [],
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
              promotion: period.promotion,
              behindPortal: period.behindPortal,
            };
          }
          // What the last pass saw, where the watch has not come to it yet.
          return time >= now && knownAt === undefined && seen
            ? {
                ...base,
                status: 'live',
                version: seen.version,
                since: seen.since,
                knownSince: null,
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
    return { at: time, traffic: this.options.aliases.traffic(source), items };
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

function timeOf(what: string, text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InputError(
      `${what} is "${text}"; expected a time such as 2030-01-31T12:00:00Z`,
    );
  }
  return date.toISOString();
}
