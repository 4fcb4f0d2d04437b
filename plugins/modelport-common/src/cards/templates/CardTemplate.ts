import { RiskTier } from '../../schema/openapi';
import { CardPath } from '../cardBody';

/**
 * What a card should say, as dated data. A template supports the work that its source asks for; it attests to nothing.
 *
 * @public
 */
export interface CardTemplate {
  /** As config names it. */
  id: string;
  name: string;
  /** The document that the fields were taken from. */
  source: string;
  /** Day of that document's state, as ISO 8601; a month or a year where no day is known. */
  date: string;
  /** Fields by the lowest tier that needs them: a tier needs those of the tiers below it too. */
  fields: Readonly<Record<RiskTier, readonly TemplateField[]>>;
}

/**
 * A field that a template asks for, and the part of its source that asks for it.
 *
 * @public
 */
export interface TemplateField {
  path: CardPath;
  /** Such as "Annex IV 1(a)". */
  clause: string;
}
