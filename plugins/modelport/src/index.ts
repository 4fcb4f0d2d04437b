/**
 * The pages of Modelport in a Backstage portal: models, their versions, and the sources that they come from.
 *
 * @packageDocumentation
 */

export { default } from './plugin';
export * from './api/modelportApi';
export { usePromotionsWaiting } from './promotions/usePromotionsWaiting';
export { modelportTranslationRef } from './translation';
