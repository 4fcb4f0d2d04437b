import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ModelSourceProvider } from './ModelSource';

/**
 * Takes sources from modules of the Modelport backend.
 *
 * @public
 */
export interface ModelSourcesExtensionPoint {
  /**
   * Adds a provider of sources.
   *
   * @throws `ConflictError` where a provider of the same id was added before.
   */
  addProvider(provider: ModelSourceProvider): void;
}

/**
 * The extension point of sources.
 *
 * @public
 */
export const modelSourcesExtensionPoint =
  createExtensionPoint<ModelSourcesExtensionPoint>({ id: 'modelport.sources' });
