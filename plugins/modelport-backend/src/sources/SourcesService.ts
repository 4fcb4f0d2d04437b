import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { Source } from '@modelport/plugin-modelport-common';
import { ModelSource } from '@modelport/plugin-modelport-node';
import { Duration } from 'luxon';
import { SourceFreshness } from '../models/modelRow';
import { SourceProviders } from './SourceProviders';
import { SourcesStore, StoredSource } from './SourcesStore';

/** A source that was not passed over for this many frequencies is stale. */
const STALE_AFTER = 5;

/** Id of the scheduled task that passes over a provider's sources. */
export function taskIdOf(providerId: string): string {
  return `modelport-sync-${encodeURIComponent(providerId)}`;
}

/** What is known of sources, and the passes that people and webhooks ask for. */
export class SourcesService {
  private readonly staleAfter: number;

  constructor(
    private readonly options: {
      store: SourcesStore;
      providers: SourceProviders;
      scheduler: SchedulerService;
      logger: LoggerService;
      frequency: HumanDuration;
      counts: () => Promise<Map<string, { models: number; versions: number }>>;
    },
  ) {
    this.staleAfter =
      Duration.fromObject(options.frequency).toMillis() * STALE_AFTER;
  }

  async list(): Promise<Source[]> {
    const [sources, counts] = await Promise.all([
      this.configured(),
      this.options.counts(),
    ]);
    return sources.map(source => ({
      id: source.id,
      kind: source.kind,
      url: source.url,
      state: this.stateOf(source),
      lastSuccessAt: source.lastSuccessAt,
      lastPassAt: source.lastPassAt,
      models: counts.get(source.id)?.models ?? 0,
      versions: counts.get(source.id)?.versions ?? 0,
      errors: source.errors,
      progress: source.progress,
      capabilities: source.capabilities,
    }));
  }

  /** How fresh every source's data is; models of a source that is no longer configured are stale. */
  async freshness(): Promise<Map<string, SourceFreshness>> {
    const sources = await this.configured();
    return new Map(
      sources.map(source => [
        source.id,
        {
          fresh: this.stateOf(source) === 'ok',
          lastSuccessAt: source.lastSuccessAt,
        },
      ]),
    );
  }

  /**
   * Asks for a full pass over a source.
   *
   * @throws `NotFoundError` where there is no such source.
   */
  async requestPass(
    id: string,
    options: { acceptRetirement: boolean },
  ): Promise<Source> {
    const source = (await this.list()).find(s => s.id === id);
    if (!source) {
      throw new NotFoundError(`There is no source with the id "${id}"`);
    }
    await this.options.store.addRequest(id, { model: null, ...options });
    await this.trigger(id);
    return source;
  }

  /**
   * Checks a webhook and asks for passes over the models that it is about.
   *
   * @throws what the source's `readWebhook` throws; `NotFoundError` where there is no such source.
   */
  async takeWebhook(
    source: ModelSource | undefined,
    request: { headers: Record<string, string | undefined>; body: Buffer },
  ): Promise<{ models: string[] }> {
    if (!source?.readWebhook) {
      throw new NotFoundError('There is no source that takes this webhook');
    }
    const { models } = await source.readWebhook(request);
    for (const model of new Set(models.filter(name => !name.includes('\0')))) {
      await this.options.store.addRequest(source.id, {
        model,
        acceptRetirement: false,
      });
    }
    if (models.length > 0) {
      await this.trigger(source.id);
    }
    return { models };
  }

  private async configured(): Promise<StoredSource[]> {
    const sources = await this.options.store.list();
    return sources.filter(
      source => this.options.providers.get(source.provider) !== undefined,
    );
  }

  private stateOf(source: StoredSource): Source['state'] {
    const age = source.lastSuccessAt
      ? Date.now() - Date.parse(source.lastSuccessAt)
      : Infinity;
    return source.state === 'ok' && age > this.staleAfter
      ? 'stale'
      : source.state;
  }

  private async trigger(sourceId: string): Promise<void> {
    const source = await this.options.store.get(sourceId);
    try {
      await this.options.scheduler.triggerTask(
        taskIdOf(source?.provider ?? sourceId),
      );
    } catch (error) {
      // It runs already, and looks for requests once more before it ends.
      this.options.logger.debug(
        `A pass over ${sourceId} was asked for while one is under way: ${error}`,
      );
    }
  }
}
