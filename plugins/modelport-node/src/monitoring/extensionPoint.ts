import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { MonitoringEngine } from './MonitoringEngine';

/**
 * Takes engines of monitoring from modules of the Modelport backend.
 *
 * @public
 */
export interface MonitoringEnginesExtensionPoint {
  /**
   * Adds an engine.
   *
   * @throws `ConflictError` where one of the same id was added before.
   */
  addEngine(engine: MonitoringEngine): void;
}

/**
 * The extension point of engines of monitoring.
 *
 * @public
 */
export const monitoringEnginesExtensionPoint =
  createExtensionPoint<MonitoringEnginesExtensionPoint>({
    id: 'modelport.monitoring.engines',
  });
