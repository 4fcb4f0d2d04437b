import { readReasonCodes } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';

const FILE = /(^|\/)reason[-_]codes\.ya?ml$/i;

/** Reads dictionaries of reason codes. */
export const reasonCodesReader: EvidenceReader = {
  id: 'reason-codes',
  version: '1',
  kind: 'reason-codes',
  module: { path: __filename, name: 'reasonCodesReader' },
  matches: ({ path }) => path !== null && FILE.test(path),
  read: bytes => ({
    schemaVersion: 1,
    producer: null,
    producedAt: null,
    body: readReasonCodes(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    ),
  }),
};
