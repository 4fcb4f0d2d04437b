import { NotFoundError } from '@backstage/errors';
import { PromotionCounts } from '@modelport/plugin-modelport-common';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { refuseNull } from '../refuseNull';
import { PromotionRecord } from './PromotionRecord';
import { PromotionsQuery, PromotionsStore } from './PromotionsStore';

const TABLE = 'promotions_promotions';

/** Promotions of models that the caller may see, as they are kept. */
export class PromotionsReader {
  constructor(
    private readonly options: {
      models: Pick<ModelsService, 'lookUp' | 'narrow'>;
      store: PromotionsStore;
    },
  ) {}

  /** @throws `NotFoundError` where there is none of a model that the caller may see. */
  async get(
    id: string,
    visibility: ModelsVisibility,
  ): Promise<PromotionRecord> {
    const { store, models } = this.options;
    const { promotion } = await store.get(id);
    if (visibility) {
      const { source, name } = promotion;
      const seen = await models.lookUp([{ source, name }], visibility);
      if (seen.size === 0) {
        throw new NotFoundError(`There is no promotion ${id}`);
      }
    }
    return promotion;
  }

  /** Promotions by id, in the order asked; undefined for what is not there. */
  async getByIds(ids: string[]): Promise<Array<PromotionRecord | undefined>> {
    return Promise.all(
      ids.map(async id => {
        try {
          return (await this.options.store.get(id)).promotion;
        } catch (error) {
          if (error instanceof NotFoundError) {
            return undefined;
          }
          throw error;
        }
      }),
    );
  }

  async list(
    filters: PromotionsQuery,
    options: {
      visibility: ModelsVisibility;
      limit: number;
      cursor?: string;
    },
  ) {
    refuseNull(filters.model, filters.q, ...(filters.environment ?? []));
    return this.options.store.list({
      filters,
      narrow: this.options.models.narrow(options.visibility, TABLE),
      limit: options.limit,
      cursor: options.cursor,
    });
  }

  async counts(
    who: { entityRef: string; refs: string[] } | undefined,
    visibility: ModelsVisibility,
  ): Promise<PromotionCounts> {
    const { store, models } = this.options;
    const narrow = models.narrow(visibility, TABLE);
    const [states, waiting] = await Promise.all([
      store.counts({ filters: {}, narrow }),
      who ? store.counts({ filters: { waitingFor: who }, narrow }) : [],
    ]);
    return {
      states,
      waitingForMe: waiting.reduce((sum, { count }) => sum + count, 0),
    };
  }
}
