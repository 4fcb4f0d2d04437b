import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { Model } from '@modelport/plugin-modelport-common';
import { EnvironmentConfig } from '../config';
import { messageOf } from '../messageOf';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { ModelStandings } from '../models/ModelStandings';
import { AlertsService } from '../monitoring/alerts/AlertsService';
import { disagreementOf } from './disagreementOf';
import { ObservedStore } from './ObservedStore';

const CATEGORY = 'serving';

/** What really serves, beside what registries say is live: a fact of its own. Where they disagree, an alert is opened. */
export class Observations {
  constructor(
    private readonly options: {
      store: ObservedStore;
      environments: EnvironmentConfig[];
      models: Pick<ModelsService, 'get' | 'getVersion'>;
      standings: Pick<ModelStandings, 'putObserved'>;
      alerts: Pick<AlertsService, 'report'>;
      logger: LoggerService;
      now: () => Date;
    },
  ) {}

  /**
   * Takes what somebody says serves in an environment, in the place of what was said before.
   *
   * @throws `NotFoundError` where there is no such model or version; `InputError` where there is no such environment, or
   * the shares are more than all.
   */
  async put(report: {
    source: string;
    name: string;
    environment: string;
    visibility: ModelsVisibility;
    by: string;
    items: Array<{
      version: string;
      share?: number | null;
      lastSeen?: string | null;
    }>;
  }): Promise<void> {
    const { source, name, environment, visibility, by } = report;
    const { store, models, environments } = this.options;
    if (!environments.some(known => known.name === environment)) {
      throw new InputError(
        `There is no environment "${environment.slice(
          0,
          80,
        )}"; expected ${environments
          .map(known => known.name)
          .join(' or ')}. Nothing was kept.`,
      );
    }
    await models.get(source, name, visibility);
    const at = this.options.now().toISOString();
    const items = report.items.map(({ version, share, lastSeen }) => {
      const seen = lastSeen ? timeOf(lastSeen) : at;
      // Nothing was seen in the future, whatever the clock of who says so.
      return {
        version,
        share: share ?? null,
        lastSeen: seen < at ? seen : at,
      };
    });
    const total = items.reduce((sum, { share }) => sum + (share ?? 0), 0);
    if (total > 1.001) {
      throw new InputError(
        `The shares add up to ${total}; expected at most 1. Nothing was kept.`,
      );
    }
    if (new Set(items.map(({ version }) => version)).size < items.length) {
      throw new InputError('Expected every version once. Nothing was kept.');
    }
    for (const { version } of items) {
      await models.getVersion(source, name, version, visibility);
    }
    await store.put({ source, name, environment }, items, { at, by });
    await this.options.standings.putObserved(
      { source, name },
      await store.of({ source, name }),
    );
    await this.judge(await models.get(source, name, undefined));
  }

  /** Judges all models anew of which anything was said: what is live changes, and time passes. */
  async judgeAll(options: { signal: AbortSignal }): Promise<void> {
    const { store, models, logger } = this.options;
    for (const { source, name } of await store.models()) {
      options.signal.throwIfAborted();
      try {
        await this.judge(await models.get(source, name, undefined));
      } catch (error) {
        if (!(error instanceof NotFoundError)) {
          logger.warn(
            `What serves of ${name} could not be compared with what is live; it is compared again later: ${messageOf(
              error,
            )}`,
          );
        }
      }
    }
  }

  private async judge(model: Model): Promise<void> {
    const { store, environments, alerts, now } = this.options;
    const { source, name } = model;
    const observed = await store.of({ source, name });
    const at = now().toISOString();
    const found = environments.flatMap(({ name: environment }) => {
      const state = model.environments.find(
        one => one.environment === environment,
      );
      const wrong = disagreementOf({
        environment,
        live: {
          version: state?.version ?? null,
          since: state?.since ?? null,
          shares: state?.shares,
        },
        observed: observed.get(environment) ?? [],
        riskTier: model.riskTier,
        isConfirmed: model.riskTierConfirmed !== null,
        now: at,
      });
      return wrong ? [wrong] : [];
    });
    const [first] = found;
    await alerts.report(
      { source, name },
      CATEGORY,
      first && {
        version: first.version,
        severity: found.some(({ severity }) => severity === 'high')
          ? 'high'
          : 'medium',
        findings: found.map(({ since, text }) => ({
          feature: null,
          statistic: 'serving version',
          tool: 'Modelport',
          value: null,
          threshold: null,
          start: since,
          end: since,
          text,
        })),
      },
    );
  }
}

/** A time as every one is written; @throws `InputError` where it is none. */
function timeOf(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InputError(
      `lastSeen is "${text.slice(
        0,
        40,
      )}"; expected a time such as 2030-01-31T12:00:00Z. Nothing was kept.`,
    );
  }
  return date.toISOString();
}
