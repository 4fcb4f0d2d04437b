import { parseEntityRef } from '@backstage/catalog-model';
import { IndexableDocument } from '@backstage/plugin-search-common';
import {
  Card,
  Model,
  modelResourceRef,
  plainMarkdown,
} from '@modelport/plugin-modelport-common';

/** Longer descriptions and tags are cut, so that one model cannot swell the index. */
const MAX_TEXT = 10_000;
const MAX_TAG = 200;
/** Of what people wrote on a card. */
const MAX_CARD = 20_000;

/** A model as search knows it; a type and not an interface, as search engines take documents for plain objects. */
export type ModelDocument = IndexableDocument & {
  /** Id of the source. */
  source: string;
  /** Name of the model in its source. */
  name: string;
  /** Entity ref of the owner; empty where it isn't known. */
  owner: string;
  task: string;
  framework: string;
  /** `key` or `key=value`. */
  tags: string[];
  /** What people are shown of a model of which the text has no hit; without Markdown's marks. */
  description: string;
  /** The end of the text, which is there to be found and not to be read: names, owner and tags. */
  keywords: string;
  /** The version whose card is in the text; empty where none is. */
  cardVersion: string;
  /** Whether that version is the one in production. */
  isCardInProduction: boolean;
};

/** A card with the version that it is of. */
export interface IndexedCard {
  card: Card;
  version: string;
  isInProduction: boolean;
}

/**
 * Makes the document that finds a model by name, description, tags and owner, and by what people wrote on its card. Its
 * text is what people see of a hit, so the description comes first, then the card, and Markdown's marks are left out.
 */
export function modelDocument(
  model: Model,
  indexed?: IndexedCard,
): ModelDocument {
  const { kind, namespace, name } = parseEntityRef(model.entityRef);
  const tags = Object.entries(model.tags).map(([key, value]) =>
    storable((value === '' ? key : `${key}=${value}`).slice(0, MAX_TAG)),
  );
  const description = storable(
    model.description
      ? plainMarkdown(model.description.slice(0, MAX_TEXT))
      : '',
  );
  const written = storable(
    indexed ? cardText(indexed.card).slice(0, MAX_CARD) : '',
  );
  const keywords = storable(
    [
      wordsOf(model.name),
      ...ownerTexts(model.owner),
      model.ownerTag,
      model.task,
      model.framework,
      ...tags,
    ]
      .filter(part => part)
      .join('\n'),
  );
  return {
    title: model.name,
    text: [description, written, keywords].filter(part => part).join('\n'),
    location: `/catalog/${[namespace, kind.toLocaleLowerCase('en-US'), name]
      .map(encodeURIComponent)
      .join('/')}`,
    source: model.source,
    name: model.name,
    owner: model.owner ?? '',
    task: model.task ?? '',
    framework: model.framework ?? '',
    tags,
    description,
    keywords,
    cardVersion: indexed && written ? indexed.version : '',
    isCardInProduction: Boolean(written && indexed?.isInProduction),
    authorization: { resourceRef: modelResourceRef(model) },
  };
}

/** The texts of a card that people wrote. */
function cardText(card: Card): string {
  return Object.values(card.fields)
    .flatMap(({ value, provenance }) =>
      provenance.from === 'written' && typeof value === 'string'
        ? plainMarkdown(value.slice(0, MAX_CARD))
        : [],
    )
    .join('\n');
}

function ownerTexts(owner: string | null): string[] {
  if (owner === null) {
    return [];
  }
  const { name } = parseEntityRef(owner);
  return [...new Set([name, wordsOf(name)])];
}

/** The words of a name apart: PostgreSQL takes `team/credit-risk` for a path, and finds none of its words. */
function wordsOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** PostgreSQL refuses the null character, and half of a character that a cut went through. */
function storable(text: string): string {
  return Buffer.from(text.replaceAll('\u0000', '\uFFFD')).toString();
}
