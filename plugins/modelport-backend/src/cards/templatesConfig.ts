import {
  CARD_TEMPLATES,
  CardPath,
  CardTemplate,
  cardBody,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';

/** What a card is judged by. */
export type JudgedTemplate = Pick<CardTemplate, 'id' | 'fields'>;

const KNOWN = CARD_TEMPLATES.map(template => template.id);

const shipped = z.string().transform((id, context): JudgedTemplate => {
  const template = CARD_TEMPLATES.find(known => known.id === id);
  if (!template) {
    context.addIssue({
      code: 'custom',
      message: `expected one of ${KNOWN.join(', ')}, or a name with fields`,
    });
    return z.NEVER;
  }
  return template;
});

const own = z
  .strictObject({
    name: z.string().min(1).max(200),
    fields: z.array(cardBody.keyof()).min(1),
  })
  .transform(({ name, fields }) => ownTemplate(name, fields));

const template = z.union([shipped, own]).prefault('default');

/** Settings of cards' templates by risk tier, as read from `modelport.cards`. */
export const cardsSchema = z
  .strictObject({
    templates: z
      .strictObject({ low: template, medium: template, high: template })
      .prefault({}),
  })
  .prefault({});

function ownTemplate(name: string, paths: CardPath[]): JudgedTemplate {
  return {
    id: name,
    fields: {
      low: paths.map(path => ({ path, clause: name })),
      medium: [],
      high: [],
    },
  };
}
