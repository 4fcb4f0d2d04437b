/**
 * The pages of Modelport in a Backstage portal: models, their versions, and the sources that they come from.
 *
 * @packageDocumentation
 */

export { default } from './plugin';
export * from './api/modelportApi';
export { usePromotionsWaiting } from './promotions/usePromotionsWaiting';
export { cardTranslationRef } from './cards/messages';
export { chartTranslationRef } from './components/chartMessages';
export { componentTranslationRef } from './components/messages';
export { evidenceTranslationRef } from './evidence/messages';
export { explanationTranslationRef } from './explanations/messages';
export { lineageTranslationRef } from './lineage/messages';
export { modelTranslationRef } from './models/messages';
export { monitoringTranslationRef } from './monitoring/messages';
export { promotionTranslationRef } from './promotions/messages';
export { repositoryTranslationRef } from './repositories/messages';
export { formTranslationRef } from './scaffolder/messages';
export { sourceTranslationRef } from './sources/messages';
export { versionTranslationRef } from './versions/messages';
