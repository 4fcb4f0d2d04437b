import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { cardMessages } from './cards/messages';
import { chartMessages } from './components/chartMessages';
import { componentMessages } from './components/messages';
import { evidenceMessages } from './evidence/messages';
import { explanationMessages } from './explanations/messages';
import { lineageMessages } from './lineage/messages';
import { modelMessages } from './models/messages';
import { promotionMessages } from './promotions/messages';
import { monitoringMessages } from './monitoring/messages';
import { sourceMessages } from './sources/messages';
import { versionMessages } from './versions/messages';

/**
 * Every text of the pages, for translation.
 *
 * @public
 */
export const modelportTranslationRef = createTranslationRef({
  id: 'modelport',
  messages: {
    cards: cardMessages,
    charts: chartMessages,
    components: componentMessages,
    evidence: evidenceMessages,
    explanations: explanationMessages,
    lineage: lineageMessages,
    models: modelMessages,
    monitoring: monitoringMessages,
    promotions: promotionMessages,
    sources: sourceMessages,
    versions: versionMessages,
  },
});
