import { ConflictError, InputError } from '@backstage/errors';
import {
  MonitoringEngine,
  MonitoringEnginesExtensionPoint,
} from '@modelport/plugin-modelport-node';

/** Engines that monitors may name. */
export class MonitorEngines implements MonitoringEnginesExtensionPoint {
  private readonly engines = new Map<string, MonitoringEngine>();

  addEngine(engine: MonitoringEngine): void {
    if (this.engines.has(engine.id)) {
      throw new ConflictError(`There is an engine ${engine.id} already`);
    }
    this.engines.set(engine.id, engine);
  }

  /** @throws `InputError` where there is none of that id. */
  get(id: string): MonitoringEngine {
    const engine = this.engines.get(id);
    if (!engine) {
      const known = [...this.engines.keys()];
      throw new InputError(
        `There is no engine ${id}; ${
          known.length > 0
            ? `there are ${known.join(', ')}`
            : 'none is configured'
        }`,
      );
    }
    return engine;
  }
}
