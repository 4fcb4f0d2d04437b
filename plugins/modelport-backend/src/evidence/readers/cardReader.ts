import { readCard } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { parseJson } from '../../parseJson';
import { looksLikeEnvelope, openEnvelope } from '../envelope';

/** Names under which model cards lie among artefacts. */
const CARD_FILE =
  /(^|\/)((readme|model[-_]?card)\.md|model[-_]?card\.json|[^/]*\.cdx\.json)$/i;

/** What Markdown is sent as. */
const MARKDOWN_TYPES = ['text/markdown', 'text/x-markdown'];

/**
 * Reads model cards: Markdown with or without front matter, and the JSON of other tools. What is pushed as a card is
 * one whatever its file is called, and so is Markdown that says nothing else.
 */
export const cardReader: EvidenceReader = {
  id: 'card',
  version: '2',
  kind: 'card',
  module: { path: __filename, name: 'cardReader' },
  matches: ({ kind, path, mediaType }) =>
    kind === 'card' ||
    (path !== null && CARD_FILE.test(path)) ||
    MARKDOWN_TYPES.includes(mediaType),
  read: (bytes, { path }) => {
    const content = jsonOf(bytes);
    if (looksLikeEnvelope(content)) {
      return openEnvelope(content, 'card');
    }
    const { body, problems } = readCard(bytes, path ?? 'that was pushed');
    return {
      schemaVersion: 1,
      producer: null,
      producedAt: null,
      body,
      problems,
    };
  },
};

/** Undefined for what is no JSON, or JSON as only Python writes it. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch {
    return undefined;
  }
}
