import {
  DriftState,
  ObservedVersion,
} from '@modelport/plugin-modelport-common';
import { ModelRows } from './ModelRows';
import { ModelsStore } from './ModelsStore';

/** How models stand by other nouns, kept beside them for lists to filter, sort and count by. */
export class ModelStandings {
  constructor(
    private readonly options: { store: ModelsStore; rows: ModelRows },
  ) {}

  /**
   * Keeps how complete the card of a model's version in production, else the latest, is, for lists to filter and sort
   * by; null where it has none. Nothing is written where it is as before.
   */
  async putCardCompleteness(
    id: { source: string; name: string },
    completeness: number | null,
  ): Promise<void> {
    const row = await this.options.rows.model(id.source, id.name, undefined);
    if (row.card_completeness !== completeness) {
      await this.options.store.putCardCompleteness(row.id, completeness);
    }
  }

  /**
   * Keeps how many promotions of a model wait for a decision, for lists to filter by and to count. A model that is gone
   * is in no list.
   */
  async putOpenPromotions(
    id: { source: string; name: string },
    count: number,
  ): Promise<void> {
    const row = await this.options.store.get(id.source, id.name);
    if (row) {
      await this.options.store.putOpenPromotions(row.id, count);
    }
  }

  /** Keeps what was seen serving in the environments of a model, beside what is live there. */
  async putObserved(
    id: { source: string; name: string },
    observed: ReadonlyMap<string, ObservedVersion[]>,
  ): Promise<void> {
    const row = await this.options.rows.model(id.source, id.name, undefined);
    await this.options.store.putObserved(row.id, observed);
  }

  /**
   * Keeps the drift state of a model, for lists to filter and sort by. Nothing is written where it is as before.
   */
  async putDrift(
    id: { source: string; name: string },
    drift: DriftState,
  ): Promise<void> {
    const row = await this.options.rows.model(id.source, id.name, undefined);
    if (row.drift !== drift) {
      await this.options.store.putDrift(row.id, drift);
    }
  }
}
