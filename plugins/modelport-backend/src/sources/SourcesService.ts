import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { Source, SourceError } from '@modelport/plugin-modelport-common';
import { Duration } from 'luxon';
import { setTimeout } from 'node:timers/promises';
import { SourceFreshness } from '../models/modelRow';
import { ModelsVisibility } from '../models/modelsFilter';
import { readsAllOf } from '../models/readsAllOf';
import { SourceProviders } from './SourceProviders';
import { SourcesStore, StoredSource } from './SourcesStore';

/** A source that was not passed over for this many frequencies is stale. */
const STALE_AFTER = 5;

/** What follows from models waits for a pass that lists them for this long, and looks this often. */
const LISTS_AT_MOST_MS = 10 * 60_000;
const LOOKS_AGAIN_MS = 250;

/** Id of the scheduled task that passes over a provider's sources. */
export function taskIdOf(providerId: string): string {
  return `modelport-sync-${encodeURIComponent(providerId)}`;
}

/** What is known of sources, and the passes that people ask for. */
export class SourcesService {
  private readonly staleAfter: number;

  constructor(
    private readonly options: {
      store: SourcesStore;
      providers: SourceProviders;
      scheduler: SchedulerService;
      logger: LoggerService;
      frequency: HumanDuration;
      counts: (
        visibility: ModelsVisibility,
      ) => Promise<Map<string, { models: number; versions: number }>>;
    },
  ) {
    this.staleAfter =
      Duration.fromObject(options.frequency).toMillis() * STALE_AFTER;
  }

  /** The sources, with no more of their models than the caller may read. */
  async list(visibility: ModelsVisibility): Promise<Source[]> {
    const [sources, asked, counts] = await Promise.all([
      this.configured(),
      this.options.store.asked(),
      this.options.counts(visibility),
    ]);
    return sources.map(source => {
      const readsAll = readsAllOf(source.id, visibility);
      return {
        id: source.id,
        kind: source.kind,
        url: source.url,
        state: this.stateOf(source),
        lastSuccessAt: source.lastSuccessAt,
        lastPassAt: source.lastPassAt,
        models: counts.get(source.id)?.models ?? 0,
        versions: counts.get(source.id)?.versions ?? 0,
        errors: readsAll ? source.errors : withoutTexts(source),
        // It counts all models.
        progress: readsAll ? source.progress : null,
        askedAt: asked.get(source.id) ?? null,
        lastPass: readsAll ? source.lastPass : null,
        capabilities: source.capabilities,
      };
    });
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
    options: { acceptRetirement: boolean; visibility: ModelsVisibility },
  ): Promise<Source> {
    const { acceptRetirement, visibility } = options;
    const source = (await this.list(visibility)).find(s => s.id === id);
    if (!source) {
      throw new NotFoundError(`There is no source with the id "${id}"`);
    }
    await this.options.store.addRequest(id, { model: null, acceptRetirement });
    const after = await this.list(visibility);
    await this.trigger(id);
    return after.find(s => s.id === id) ?? source;
  }

  /**
   * Waits until no pass lists models and versions any more: what follows from them would only slow it down. A pass of
   * which nothing was heard for long is not waited for.
   */
  async untilListed(signal: AbortSignal): Promise<void> {
    const lists = ({ progress }: StoredSource) =>
      progress !== null &&
      progress.phase !== 'documents' &&
      Date.now() - Date.parse(progress.startedAt) < LISTS_AT_MOST_MS;
    while (!signal.aborted && (await this.configured()).some(lists)) {
      await setTimeout(LOOKS_AGAIN_MS);
    }
  }

  /** Which registries are read, as config and discovery have it; null until the first was found. */
  async settings(): Promise<{
    sources: Array<{ id: string; kind: string; url: string | null }>;
  } | null> {
    const sources = await this.configured();
    return sources.length === 0 && this.options.providers.list().length > 0
      ? null
      : { sources: sources.map(({ id, kind, url }) => ({ id, kind, url })) };
  }

  /** Where the sources are that have an address. */
  async addresses(): Promise<Array<{ id: string; kind: string; url: string }>> {
    const sources = await this.configured();
    return sources.flatMap(({ id, kind, url }) =>
      url === null ? [] : [{ id, kind, url }],
    );
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

/** What is wrong may name models, in words of any kind: who may not read them all learns how much it is. */
function withoutTexts({ id, errors }: StoredSource): SourceError[] {
  const [last] = errors
    .map(error => error.at)
    .sort()
    .slice(-1);
  return last === undefined
    ? []
    : [
        {
          where: id,
          message: `${
            errors.length === 1
              ? 'There is 1 problem'
              : `There are ${errors.length} problems`
          }. The details are for those who may read all models of this source.`,
          at: last,
        },
      ];
}
