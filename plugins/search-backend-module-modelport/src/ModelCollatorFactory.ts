import { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import {
  cardVersion,
  Model,
  modelportModelsReadPermission,
} from '@modelport/plugin-modelport-common';
import { ModelportService } from '@modelport/plugin-modelport-node';
import { Readable } from 'node:stream';
import { IndexedCard, ModelDocument, modelDocument } from './modelDocument';

const PAGE_SIZE = 500;
/** A version that has gone, or that can't be asked for by its name: other models are found all the same. */
const NOT_READABLE = [400, 404];

/**
 * Streams all models that are not retired, with what people wrote on their cards, a page of the registry at a time. Where the registry fails half-way the
 * stream fails too, and search keeps the index that it has.
 */
export class ModelCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'modelport-models';
  readonly visibilityPermission = modelportModelsReadPermission;
  readonly #modelport: ModelportService;

  constructor(options: { modelport: ModelportService }) {
    this.#modelport = options.modelport;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  /**
   * The card of the version in production, else of the latest, where anybody wrote one; none where the version has gone
   * meanwhile, or can't be asked for.
   */
  async #cardOf(model: Model): Promise<IndexedCard | undefined> {
    const chosen = cardVersion(model);
    if (chosen === null || model.cardCompleteness === null) {
      return undefined;
    }
    const { source, name } = model;
    try {
      return {
        ...chosen,
        card: await this.#modelport.getCard({
          source,
          name,
          version: chosen.version,
        }),
      };
    } catch (error) {
      if (
        error instanceof Error &&
        'statusCode' in error &&
        NOT_READABLE.some(status => status === error.statusCode)
      ) {
        return undefined;
      }
      throw error;
    }
  }

  async *#documents(): AsyncGenerator<ModelDocument> {
    let cursor: string | undefined;
    let more = true;
    while (more) {
      const page = await this.#modelport.getChanges({
        cursor,
        limit: PAGE_SIZE,
      });
      for (const { retired, model } of page.items) {
        if (!retired && model) {
          yield modelDocument(model, await this.#cardOf(model));
        }
      }
      cursor = page.nextCursor;
      more = page.more;
    }
  }
}
