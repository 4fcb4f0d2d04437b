import { z } from 'zod';
import { cardBody } from '../cardBody';
import { CardTemplate } from './CardTemplate';
import defaultTemplate from './default.json';
import euAiAct from './euAiAct.json';
import huggingFace from './huggingFace.json';
import modelCardToolkit from './modelCardToolkit.json';
import modelRisk from './modelRisk.json';
import nistAiRmf from './nistAiRmf.json';

const text = z.string().min(1);

const fields = z
  .array(z.strictObject({ path: cardBody.keyof(), clause: text }))
  .min(1);

const cardTemplate = z.strictObject({
  id: text,
  name: text,
  source: text,
  date: z.iso.date(),
  fields: z.strictObject({ low: fields, medium: fields, high: fields }),
});

/**
 * The templates that come with the portal. Of a regulation that asks something of high-risk systems only, the lower tiers
 * take what makes sense for any model.
 *
 * @public
 */
export const CARD_TEMPLATES: readonly CardTemplate[] = [
  defaultTemplate,
  huggingFace,
  modelCardToolkit,
  euAiAct,
  nistAiRmf,
  modelRisk,
].map(template => cardTemplate.parse(template));
