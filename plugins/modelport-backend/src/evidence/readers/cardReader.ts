import { readCard } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';

/** Names under which model cards lie among artefacts. */
const CARD_FILE =
  /(^|\/)((readme|model[-_]?card)\.md|model[-_]?card\.json|[^/]*\.cdx\.json)$/i;

/** Reads model cards: Markdown with or without front matter, and the JSON of other tools. */
export const cardReader: EvidenceReader = {
  id: 'card',
  version: '1',
  kind: 'card',
  module: { path: __filename, name: 'cardReader' },
  matches: ({ path }) => path !== null && CARD_FILE.test(path),
  read: (bytes, { path }) => {
    const { body, problems } = readCard(bytes, path ?? '');
    return {
      schemaVersion: 1,
      producer: null,
      producedAt: null,
      body,
      problems,
    };
  },
};
