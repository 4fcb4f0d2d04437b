import { InputError } from '@backstage/errors';
import { CARD_PATHS, isCardPath, MAX_CARD_BYTES, ReadCard } from './cardBody';
import { CardDraft } from './CardDraft';
import { part } from './jsonParts';
import { parseLooseJson } from './parseLooseJson';
import { readCycloneDxCard } from './readCycloneDxCard';
import { readMarkdownCard } from './readMarkdownCard';
import { readSageMakerCard } from './readSageMakerCard';
import { readToolkitCard } from './readToolkitCard';

const SAGEMAKER_KEYS = [
  'model_overview',
  'intended_uses',
  'business_details',
  'training_details',
  'evaluation_details',
  'additional_information',
  'Content',
];
const TOOLKIT_KEYS = [
  'model_details',
  'model_parameters',
  'quantitative_analysis',
  'considerations',
];
const CYCLONEDX_KEYS = [
  'bomFormat',
  'modelCard',
  'modelParameters',
  'quantitativeAnalysis',
  'considerations',
];

/** Formats that cards are read from. */
const FORMATS =
  'Markdown, Model Card Toolkit, CycloneDX, SageMaker, or the fields of a card of this portal';

/**
 * Reads a card from the bytes of a file, in whichever of the known formats it is: Markdown with or without front
 * matter, Model Card Toolkit, CycloneDX, SageMaker, or the internal card as JSON.
 *
 * @param path - the file's path; where it says nothing, the first characters do.
 * @throws `InputError` where the file is too large, no text, or none of these.
 * @public
 */
export function readCard(bytes: Uint8Array, path: string): ReadCard {
  if (bytes.length > MAX_CARD_BYTES) {
    throw new InputError(
      `The card ${path} has ${bytes.length} bytes; expected at most ${MAX_CARD_BYTES}`,
    );
  }
  const text = decode(bytes, path);
  if (!/\.json$/i.test(path) && !/^\s*(\{|\[\s*(?:[{["\]]|$))/.test(text)) {
    if (/^\s*<\?xml/i.test(text)) {
      throw new InputError(`The card ${path} is XML; expected ${FORMATS}`);
    }
    return readMarkdownCard(text);
  }
  return readJsonCard(parseLooseJson(text), path);
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) {
      return text;
    }
  } catch {
    // Said below, as for other bytes that are no text.
  }
  throw new InputError(`The card ${path} is no UTF-8 text`);
}

function readJsonCard(document: unknown, path: string): ReadCard {
  const has = (key: string) => part(document, key) !== undefined;
  if (has('bomFormat')) {
    return readCycloneDxCard(document);
  }
  if (SAGEMAKER_KEYS.some(has)) {
    return readSageMakerCard(document);
  }
  if (TOOLKIT_KEYS.slice(0, 3).some(has)) {
    return readToolkitCard(document);
  }
  if (has('considerations')) {
    return part(part(document, 'considerations'), 'useCases') === undefined
      ? readToolkitCard(document)
      : readCycloneDxCard(document);
  }
  if (CYCLONEDX_KEYS.some(has)) {
    return readCycloneDxCard(document);
  }
  if (CARD_PATHS.some(has)) {
    return readOwnCard(document);
  }
  throw new InputError(`The card ${path} is of no known format: ${FORMATS}`);
}

function readOwnCard(document: unknown): ReadCard {
  const draft = new CardDraft();
  for (const key of Object.keys(document ?? {})) {
    if (isCardPath(key)) {
      draft.put(key, part(document, key));
    } else {
      draft.problems.push(
        `"${key.slice(0, 100)}" is no field of a card; it was left out`,
      );
    }
  }
  return draft.finish();
}
