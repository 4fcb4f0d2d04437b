import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ModelSource,
  ModelSourceProvider,
} from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { Ingest } from '../models/createIngest';
import { failSource } from './failSource';
import { SourceProviders } from './SourceProviders';
import { SourcesStore } from './SourcesStore';
import { SyncMetrics } from './SyncMetrics';

/** How often callers without credentials may make this backend look for a provider's sources. */
const UNASKED_EVERY_MS = 5 * 60_000;

/** Sources as their providers find them, kept with what was found before. */
export class SourceDiscovery {
  private readonly sources = new Map<string, ModelSource>();
  private readonly lookedUnasked = new Map<string, number>();

  constructor(
    private readonly options: {
      store: SourcesStore;
      ingest: Ingest;
      providers: SourceProviders;
      logger: LoggerService;
      metrics: SyncMetrics;
    },
  ) {}

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

  /**
   * Sources that a caller without credentials names, by their own id or that of their provider. Only what some backend
   * found before is known; where this backend has yet to find it, it asks the provider once in a while and no more.
   *
   * @throws `ServiceUnavailableError` where another backend found it and this one could not yet.
   */
  async known(
    id: string,
    options: { signal: AbortSignal },
  ): Promise<ModelSource[]> {
    const { store, providers, logger } = this.options;
    const stored = (await store.list()).filter(
      source =>
        (source.id === id || source.provider === id) &&
        providers.get(source.provider),
    );
    const unmet = stored.find(source => !this.sources.has(source.id));
    const provider = unmet && providers.get(unmet.provider);
    if (provider && this.mayLookUnasked(provider.id)) {
      try {
        await this.discover(provider, options.signal);
      } catch (error) {
        logger.warn(
          `${
            provider.id
          } was named by a webhook and could not say what sources it has: ${messageOf(
            error,
          )}`,
        );
      }
    }
    const met = stored.flatMap(source => this.sources.get(source.id) ?? []);
    if (stored.length > 0 && met.length === 0) {
      throw new ServiceUnavailableError(
        `The source "${id}" could not be found just now; nothing was done, send it again later`,
      );
    }
    const named = met.filter(source => source.id === id);
    return named.length > 0 ? named : met;
  }

  /** Asks a provider for its sources and keeps what it says. */
  async discover(
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

  /** Sources that discovery found before stay, with the reason why they are not passed over now. */
  async markUndiscovered(
    provider: ModelSourceProvider,
    error: unknown,
  ): Promise<void> {
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
      await failSource(this.options, id, error);
    }
  }

  /** Models of sources that config no longer names are in no list until it does again. */
  async hideUnconfigured(): Promise<void> {
    const { store, providers, ingest, logger } = this.options;
    for (const stored of await store.list()) {
      if (!providers.get(stored.provider)) {
        const models = await ingest.models.current(stored.id);
        if (models.length > 0) {
          logger.info(
            `The source ${stored.id} is no longer configured; its ${models.length} models are not shown until it is again`,
          );
          await ingest.models.hide(models.map(model => model.id));
        }
      }
    }
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
        const models = await ingest.models.current(stored.id);
        if (models.length === 0) {
          await store.remove(stored.id);
        } else {
          await failSource(
            this.options,
            stored.id,
            new Error(
              `${provider.id} no longer has this source. Its ${models.length} models are kept as they were.`,
            ),
          );
        }
      }
    }
  }

  private mayLookUnasked(providerId: string): boolean {
    const now = Date.now();
    const last = this.lookedUnasked.get(providerId);
    if (last !== undefined && now - last < UNASKED_EVERY_MS) {
      return false;
    }
    this.lookedUnasked.set(providerId, now);
    return true;
  }
}
