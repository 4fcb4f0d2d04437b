import { NotFoundError } from '@backstage/errors';

/** A model by its names. */
export interface ModelName {
  source: string;
  name: string;
}

/** Who wants to know of models about which something new is known. */
export class ModelListeners {
  private readonly listeners: Array<(model: ModelName) => Promise<void>> = [];

  add(listener: (model: ModelName) => Promise<void>): void {
    this.listeners.push(listener);
  }

  /** Tells all of a model; one that has gone meanwhile is no news. */
  async tell({ source, name }: ModelName): Promise<void> {
    for (const listener of this.listeners) {
      try {
        // Nothing but the names, whatever else the caller knows of it.
        await listener({ source, name });
      } catch (error) {
        if (!(error instanceof NotFoundError)) {
          throw error;
        }
      }
    }
  }
}
