import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { PromotionGate } from './PromotionGate';

/**
 * Takes gates of promotions from modules of the Modelport backend.
 *
 * @public
 */
export interface PromotionGatesExtensionPoint {
  /**
   * Adds a gate.
   *
   * @throws `ConflictError` where a gate of the same name was added before.
   */
  addGate(gate: PromotionGate): void;
}

/**
 * The extension point of gates of promotions.
 *
 * @public
 */
export const promotionGatesExtensionPoint =
  createExtensionPoint<PromotionGatesExtensionPoint>({
    id: 'modelport.promotions.gates',
  });
