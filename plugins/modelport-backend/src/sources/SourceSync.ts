import {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';
import { EndedPass, SyncProgress } from '@modelport/plugin-modelport-common';
import {
  ModelSource,
  ModelSourceProvider,
} from '@modelport/plugin-modelport-node';
import { Duration } from 'luxon';
import { messageOf } from '../messageOf';
import { Ingest } from '../models/createIngest';
import { failSource } from './failSource';
import { passOverModel } from './passOverModel';
import { SourceDiscovery } from './SourceDiscovery';
import { PassResult, SourcePass } from './SourcePass';
import { SourceProviders } from './SourceProviders';
import { taskIdOf } from './SourcesService';
import { PassRequest, SourcesStore, StoredSource } from './SourcesStore';
import { SyncMetrics } from './SyncMetrics';

/** A checkpoint older than this is of no use: page tokens grow stale. */
const CHECKPOINT_MINUTES = 120;

/** Progress is written at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 1000;

/** Requested models that may fail in a row before the pass over everything tells whether the source is down. */
const FAILURES_IN_A_ROW = 3;

/**
 * Passes over the sources on Backstage's scheduler, one backend at a time: every source in turn, and at once where
 * someone asked.
 */
export class SourceSync {
  constructor(
    private readonly options: {
      store: SourcesStore;
      ingest: Ingest;
      discovery: SourceDiscovery;
      providers: SourceProviders;
      scheduler: SchedulerService;
      logger: LoggerService;
      metrics: SyncMetrics;
      frequency: HumanDuration;
      timeout: HumanDuration;
      /** How often details of finished versions are read again. */
      recheck: HumanDuration;
      /** Ids of the tasks that go on from what a pass listed. */
      followers: string[];
    },
  ) {}

  /** Schedules a task for every provider; models of sources that config no longer names are hidden. */
  async start(): Promise<void> {
    const { discovery, providers, scheduler, frequency, timeout } =
      this.options;
    await discovery.hideUnconfigured();
    for (const provider of providers.list()) {
      const runner: SchedulerServiceTaskRunner =
        scheduler.createScheduledTaskRunner({
          frequency,
          timeout,
          scope: 'global',
        });
      await runner.run({
        id: taskIdOf(provider.id),
        fn: async signal => this.passOver(provider, signal),
      });
      await this.resume(provider);
    }
  }

  /** A pass that was cut short, as by the end of the last backend, goes on without waiting for its turn. */
  private async resume(provider: ModelSourceProvider): Promise<void> {
    const { store, scheduler, logger } = this.options;
    const stored = await store.list();
    if (
      stored.some(
        source => source.provider === provider.id && source.checkpoint,
      )
    ) {
      try {
        await scheduler.triggerTask(taskIdOf(provider.id));
      } catch (error) {
        // Another backend goes on with it already.
        logger.debug(`${provider.id} is read already: ${messageOf(error)}`);
      }
    }
  }

  private async passOver(
    provider: ModelSourceProvider,
    signal: AbortSignal,
  ): Promise<void> {
    const { discovery } = this.options;
    let sources: ModelSource[];
    try {
      sources = await discovery.discover(provider, signal);
    } catch (error) {
      if (!signal.aborted) {
        await discovery.markUndiscovered(provider, error);
      }
      return;
    }
    for (const source of sources) {
      await this.passOverSource(source, signal);
    }
  }

  /** Passes over a source once, and again while there are requests that came meanwhile. */
  private async passOverSource(
    source: ModelSource,
    signal: AbortSignal,
  ): Promise<void> {
    const { store } = this.options;
    const met = new Set<number>();
    for (let first = true; ; first = false) {
      const requests = await store.requests(source.id);
      if (!first && requests.every(request => met.has(request.id))) {
        return;
      }
      requests.forEach(request => met.add(request.id));
      const startedAt = new Date().toISOString();
      try {
        await this.serve(source, requests, { always: first, signal });
      } catch (error) {
        if (signal.aborted) {
          // The checkpoint stays, so that the next pass goes on from there.
          await store.update(source.id, { progress: null });
          return;
        }
        // Requests stay for the next pass: none of them was served.
        const askedAt = askedAtOf(requests);
        await failSource(this.options, source.id, error, {
          startedAt,
          askedAt,
        });
      }
    }
  }

  /** Does what was asked for, and forgets that it was asked for once it is done. */
  private async serve(
    source: ModelSource,
    requests: PassRequest[],
    options: { always: boolean; signal: AbortSignal },
  ): Promise<void> {
    const { store } = this.options;
    const { signal } = options;
    const full = requests.filter(request => request.model === null);
    const { tried, failed } = await this.passOverRequested(
      source,
      requests,
      signal,
    );
    if (options.always || full.length > 0 || failed) {
      const pass = {
        acceptRetirement: full.some(request => request.acceptRetirement),
        askedAt: askedAtOf(full),
        signal,
      };
      const whole = await this.passOverAll(source, pass);
      if (!whole && full.length > 0) {
        // One that went on half-way may not retire, and has not looked at everything since it was asked for.
        await this.passOverAll(source, pass);
      }
    }
    // A model that failed while the whole source could be passed over is for the next time that it changes.
    await store.removeRequests(
      requests
        .filter(({ model }) => model === null || tried.has(model))
        .map(request => request.id),
    );
  }

  private async passOverRequested(
    source: ModelSource,
    requests: PassRequest[],
    signal: AbortSignal,
  ): Promise<{ tried: Set<string>; failed: boolean }> {
    const { ingest, logger } = this.options;
    const tried = new Set<string>();
    let failed = false;
    let inARow = 0;
    for (const { model } of requests) {
      if (model === null || tried.has(model)) {
        continue;
      }
      if (inARow === FAILURES_IN_A_ROW) {
        break;
      }
      tried.add(model);
      try {
        await passOverModel({ source, ingest, name: model, signal });
        inARow = 0;
      } catch (error) {
        signal.throwIfAborted();
        failed = true;
        inARow += 1;
        logger.warn(
          `${
            source.id
          } told of a change of the model "${model}", which could not be read: ${messageOf(
            error,
          )}`,
        );
      }
    }
    return { tried, failed };
  }

  /** @returns whether it ran from the start, not from where an earlier pass was cut short. */
  private async passOverAll(
    source: ModelSource,
    options: {
      acceptRetirement: boolean;
      /** When someone wanted it now; null where nobody did. */
      askedAt: string | null;
      signal: AbortSignal;
    },
  ): Promise<boolean> {
    const { store, ingest, logger, metrics } = this.options;
    const { acceptRetirement, askedAt, signal } = options;
    const started = Date.now();
    const stored = await store.get(source.id);
    const checkpoint =
      stored?.checkpoint &&
      started - Date.parse(stored.checkpoint.startedAt) <
        Duration.fromObject({ minutes: CHECKPOINT_MINUTES }).toMillis()
        ? stored.checkpoint
        : null;
    let reportedAt = 0;
    const pass = new SourcePass({
      source,
      ingest,
      signal,
      checkpoint,
      acceptRetirement,
      saveCheckpoint: async value =>
        store.update(source.id, { checkpoint: value }),
      saveProgress: async progress => {
        if (Date.now() - reportedAt >= PROGRESS_INTERVAL) {
          reportedAt = Date.now();
          await store.update(source.id, { progress });
        }
      },
    });
    const conclude = async (
      result: PassResult,
      progress: SyncProgress | null,
      lastPass?: EndedPass,
    ) => {
      const now = new Date().toISOString();
      await store.update(source.id, {
        state: result.fresh ? 'ok' : 'stale',
        lastSuccessAt: result.fresh ? now : undefined,
        lastPassAt: now,
        errors: result.errors,
        progress,
        lastPass,
      });
    };
    // Models and versions are good before the last signature is read, which can take long.
    await conclude(await pass.run(), pass.onToDocuments());
    await this.triggerFollowers();
    const listedMs = Date.now() - started;
    await this.recheck(source.id, stored, pass);
    const result = await pass.runDocuments({ impatient: askedAt !== null });
    await conclude(result, null, {
      startedAt: new Date(started).toISOString(),
      endedAt: new Date().toISOString(),
      askedAt,
      changed: pass.changes,
    });
    metrics.passed(source.id, {
      seconds: (Date.now() - started) / 1000,
      errors: result.errors.length,
      fresh: result.fresh,
    });
    logger.info(
      `Passed over ${source.id} in ${listedMs} ms, and ${
        Date.now() - started - listedMs
      } ms for signatures, with ${result.errors.length} problems`,
    );
    return checkpoint === null;
  }

  private async triggerFollowers(): Promise<void> {
    const { followers, scheduler, logger } = this.options;
    for (const id of followers) {
      try {
        await scheduler.triggerTask(id);
      } catch (error) {
        // It runs already, or comes when it is due.
        logger.debug(`${id} was not started: ${messageOf(error)}`);
      }
    }
  }

  /** Reads some finished versions again, where a round of that is under way or due. */
  private async recheck(
    id: string,
    stored: StoredSource | undefined,
    pass: SourcePass,
  ): Promise<void> {
    const { store } = this.options;
    const { recheckAfter = null, recheckedAt = null } = stored ?? {};
    const save = async (after: number | null) =>
      store.update(id, {
        recheckAfter: after,
        recheckedAt: after === null ? new Date().toISOString() : undefined,
      });
    if (recheckedAt === null) {
      // All of them were read just now.
      await save(null);
      return;
    }
    const every = Duration.fromObject(this.options.recheck).toMillis();
    if (
      recheckAfter !== null ||
      Date.now() - Date.parse(recheckedAt) >= every
    ) {
      await pass.runRecheck({ after: recheckAfter ?? 0, save });
    }
  }
}

/** When a pass over everything was first asked for; null where nobody did. */
function askedAtOf(requests: PassRequest[]): string | null {
  const full = requests.filter(request => request.model === null);
  return full.at(0)?.askedAt ?? null;
}
