import {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';
import {
  ModelSource,
  ModelSourceProvider,
} from '@modelport/plugin-modelport-node';
import { Duration } from 'luxon';
import { ModelsIngest } from '../models/ModelsIngest';
import { messageOf, passOverModel, PassResult, SourcePass } from './SourcePass';
import { SourceProviders } from './SourceProviders';
import { taskIdOf } from './SourcesService';
import { PassRequest, SourcesStore } from './SourcesStore';
import { SyncMetrics } from './SyncMetrics';

/** A checkpoint older than this is of no use: page tokens grow stale. */
const CHECKPOINT_MINUTES = 120;

/** Progress is written at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 1000;

/**
 * Passes over the sources on Backstage's scheduler, one backend at a time: every source in turn, and at once where
 * someone asked.
 */
export class SourceSync {
  private readonly sources = new Map<string, ModelSource>();

  constructor(
    private readonly options: {
      store: SourcesStore;
      ingest: ModelsIngest;
      providers: SourceProviders;
      scheduler: SchedulerService;
      logger: LoggerService;
      metrics: SyncMetrics;
      frequency: HumanDuration;
      timeout: HumanDuration;
    },
  ) {}

  /** Schedules a task for every provider; models of sources that config no longer names retire. */
  async start(): Promise<void> {
    const { providers, scheduler, frequency, timeout } = this.options;
    await this.retireUnconfigured();
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
    }
  }

  /**
   * A source by id, found by its provider where this backend has not met it yet.
   *
   * @returns undefined where no provider has it.
   */
  async find(
    id: string,
    options: { signal: AbortSignal },
  ): Promise<ModelSource | undefined> {
    const known = this.sources.get(id);
    if (known) {
      return known;
    }
    const stored = await this.options.store.get(id);
    const provider = this.options.providers.get(stored?.provider ?? id);
    if (provider) {
      await this.discover(provider, options.signal);
    }
    return this.sources.get(id);
  }

  private async passOver(
    provider: ModelSourceProvider,
    signal: AbortSignal,
  ): Promise<void> {
    let sources: ModelSource[];
    try {
      sources = await this.discover(provider, signal);
    } catch (error) {
      await this.markUndiscovered(provider, error, signal);
      return;
    }
    for (const source of sources) {
      await this.passOverSource(source, signal);
    }
  }

  private async discover(
    provider: ModelSourceProvider,
    signal: AbortSignal,
  ): Promise<ModelSource[]> {
    const sources = await provider.discover({ signal });
    for (const source of sources) {
      this.sources.set(source.id, source);
      await this.options.store.put({
        id: source.id,
        provider: provider.id,
        kind: source.kind,
        url: source.url,
        capabilities: source.capabilities,
      });
    }
    await this.markVanished(provider, sources);
    return sources;
  }

  /** What was found before and is not any more, as a workspace that is gone, stays with its models and says so. */
  private async markVanished(
    provider: ModelSourceProvider,
    found: ModelSource[],
  ): Promise<void> {
    const { store, ingest } = this.options;
    const ids = new Set(found.map(source => source.id));
    for (const stored of await store.list()) {
      if (stored.provider === provider.id && !ids.has(stored.id)) {
        this.sources.delete(stored.id);
        const { models } = await ingest.current(stored.id);
        if (models.length === 0) {
          await store.remove(stored.id);
        } else {
          await this.fail(
            stored.id,
            new Error(
              `${provider.id} no longer has this source. Its ${models.length} models are kept as they were.`,
            ),
          );
        }
      }
    }
  }

  private async retireUnconfigured(): Promise<void> {
    const { store, providers, ingest, logger } = this.options;
    for (const stored of await store.list()) {
      if (!providers.get(stored.provider)) {
        const { models } = await ingest.current(stored.id);
        if (models.length > 0) {
          logger.info(
            `The source ${stored.id} is no longer configured; its ${models.length} models retire until it is again`,
          );
          await ingest.retireModels(models.map(model => model.id));
        }
      }
    }
  }

  /** Sources that discovery found before stay, with the reason why they are not passed over now. */
  private async markUndiscovered(
    provider: ModelSourceProvider,
    error: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) {
      return;
    }
    const known = (await this.options.store.list()).filter(
      source => source.provider === provider.id,
    );
    if (known.length === 0) {
      await this.options.store.put({
        id: provider.id,
        provider: provider.id,
        kind: provider.kind,
        url: provider.url,
        capabilities: [],
      });
    }
    for (const id of known.length ? known.map(s => s.id) : [provider.id]) {
      await this.fail(id, error);
    }
  }

  private async passOverSource(
    source: ModelSource,
    signal: AbortSignal,
  ): Promise<void> {
    const { store } = this.options;
    try {
      // Someone may ask while the pass is under way, hence the loop.
      let full = true;
      for (;;) {
        const requests = await store.requests(source.id);
        const wholly = requests.filter(request => request.model === null);
        await this.passOverRequested(source, requests, signal);
        if (full || wholly.length > 0) {
          await this.passOverAll(
            source,
            wholly.some(request => request.acceptRetirement),
            signal,
          );
        }
        await store.removeRequests(requests.map(request => request.id));
        if (!full && requests.length === 0) {
          return;
        }
        full = false;
      }
    } catch (error) {
      if (signal.aborted) {
        // The checkpoint stays, so that the next pass goes on from there.
        await store.update(source.id, { progress: null });
        return;
      }
      await store.removeRequests(
        (await store.requests(source.id)).map(request => request.id),
      );
      await this.fail(source.id, error);
    }
  }

  private async passOverRequested(
    source: ModelSource,
    requests: PassRequest[],
    signal: AbortSignal,
  ): Promise<void> {
    for (const name of new Set(requests.map(request => request.model))) {
      if (name !== null) {
        await passOverModel({
          source,
          ingest: this.options.ingest,
          name,
          signal,
        });
      }
    }
  }

  private async passOverAll(
    source: ModelSource,
    acceptRetirement: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, ingest, logger, metrics } = this.options;
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
    const conclude = async (result: PassResult, progress?: null) => {
      const now = new Date().toISOString();
      await store.update(source.id, {
        state: result.fresh ? 'ok' : 'stale',
        lastSuccessAt: result.fresh ? now : undefined,
        lastPassAt: now,
        errors: result.errors,
        progress,
      });
    };
    // Models and versions are good before the last signature is read, which can take long.
    await conclude(await pass.run());
    const listedMs = Date.now() - started;
    const result = await pass.runDocuments();
    await conclude(result, null);
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
  }

  private async fail(id: string, error: unknown): Promise<void> {
    const now = new Date().toISOString();
    this.options.logger.warn(`The pass over ${id} failed: ${messageOf(error)}`);
    this.options.metrics.failed(id);
    await this.options.store.update(id, {
      state: 'failing',
      lastPassAt: now,
      errors: [{ where: id, message: messageOf(error), at: now }],
      progress: null,
      // A list that failed is read from its start again.
      checkpoint: null,
    });
  }
}
