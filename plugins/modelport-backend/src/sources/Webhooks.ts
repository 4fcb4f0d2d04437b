import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ModelSource } from '@modelport/plugin-modelport-node';
import { isModelName } from '../models/modelName';
import { SourceDiscovery } from './SourceDiscovery';
import { taskIdOf } from './SourcesService';
import { SourcesStore } from './SourcesStore';

/** A delivery as it came, with the bytes that its signature is over. */
export interface WebhookRequest {
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** Looking for a source that this backend has not met takes no longer. */
const FIND_MS = 10_000;

/** Takes what registries tell of changes. Anyone may send, so nothing is done before a source holds it for true. */
export class Webhooks {
  constructor(
    private readonly options: {
      store: SourcesStore;
      discovery: SourceDiscovery;
      scheduler: SchedulerService;
      logger: LoggerService;
    },
  ) {}

  /**
   * Checks a delivery and asks for passes over the models that it is about; one that was taken before does nothing.
   *
   * @param id - of a source, or of a provider: then it is for each of its sources that accepts it.
   * @returns the models that will be looked at.
   * @throws what `readWebhook` throws where no source accepts it; `NotFoundError` where none takes webhooks;
   * `ServiceUnavailableError` where the source could not be found just now.
   */
  async take(
    id: string,
    request: WebhookRequest,
  ): Promise<{ models: string[] }> {
    // PostgreSQL refuses the null character, and no source has it.
    const sources = id.includes('\0')
      ? []
      : await this.options.discovery.known(id, {
          signal: AbortSignal.timeout(FIND_MS),
        });
    const taken = new Set<string>();
    for (const accepted of await accept(sources, request)) {
      const isNew = await this.options.store.addDelivery(
        accepted.source.id,
        accepted,
      );
      if (isNew && accepted.models.length > 0) {
        accepted.models.forEach(model => taken.add(model));
        await this.trigger(accepted.source.id);
      }
    }
    return { models: [...taken] };
  }

  private async trigger(sourceId: string): Promise<void> {
    const { store, scheduler, logger } = this.options;
    const source = await store.get(sourceId);
    try {
      await scheduler.triggerTask(taskIdOf(source?.provider ?? sourceId));
    } catch (error) {
      // It runs already, and looks for requests once more before it ends.
      logger.debug(
        `A webhook of ${sourceId} came while a pass is under way: ${error}`,
      );
    }
  }
}

/** What each source that accepts a delivery reads from it. */
async function accept(
  sources: ModelSource[],
  request: WebhookRequest,
): Promise<Array<{ source: ModelSource; id: string; models: string[] }>> {
  const accepted: Array<{
    source: ModelSource;
    id: string;
    models: string[];
  }> = [];
  const refusals: unknown[] = [];
  for (const source of sources) {
    if (source.readWebhook) {
      try {
        const { deliveryId, models } = await source.readWebhook(request);
        accepted.push({
          source,
          id: deliveryId,
          models: [...new Set(models.filter(isModelName))],
        });
      } catch (error) {
        refusals.push(error);
      }
    }
  }
  if (accepted.length === 0) {
    throw (
      refusals[0] ??
      new NotFoundError('There is no source that takes this webhook')
    );
  }
  return accepted;
}
