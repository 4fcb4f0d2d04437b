import { CardTemplate } from './CardTemplate';
import { defaultTemplate } from './default';
import { euAiActTemplate } from './euAiAct';
import { huggingFaceTemplate } from './huggingFace';
import { modelCardToolkitTemplate } from './modelCardToolkit';
import { modelRiskTemplate } from './modelRisk';
import { nistAiRmfTemplate } from './nistAiRmf';

/**
 * The templates that come with the portal.
 *
 * @public
 */
export const CARD_TEMPLATES: readonly CardTemplate[] = [
  defaultTemplate,
  huggingFaceTemplate,
  modelCardToolkitTemplate,
  euAiActTemplate,
  nistAiRmfTemplate,
  modelRiskTemplate,
];
