import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ChangeTickets } from './ChangeTickets';
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

/**
 * Takes the tracker of change tickets from a module of the Modelport backend.
 *
 * @public
 */
export interface ChangeTicketsExtensionPoint {
  /**
   * Sets the tracker.
   *
   * @throws `ConflictError` where another one was set before.
   */
  setTickets(tickets: ChangeTickets): void;
}

/**
 * The extension point of the tracker of change tickets.
 *
 * @public
 */
export const changeTicketsExtensionPoint =
  createExtensionPoint<ChangeTicketsExtensionPoint>({
    id: 'modelport.promotions.tickets',
  });
