/**
 * The registry of models inside Backstage: synchronisation, store and API.
 *
 * @packageDocumentation
 */

export { modelportPlugin as default } from './plugin';
export {
  modelPermissionResourceRef,
  modelPermissionRules,
} from './models/permissionRules';
export {
  promotionPermissionResourceRef,
  promotionPermissionRules,
} from './promotions/permissionRules';
export type {
  PromotionsFilter,
  PromotionTarget,
} from './promotions/permissionRules';
