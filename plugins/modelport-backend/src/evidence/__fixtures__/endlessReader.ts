import { EvidenceReader } from '@modelport/plugin-modelport-node';

/** Never ends with what is called endless, and is done at once with anything else. */
export const endlessReader: EvidenceReader = {
  id: 'endless',
  version: '1',
  kind: 'metrics',
  module: { path: __filename, name: 'endlessReader' },
  matches: () => true,
  read: (_bytes, { path }) => {
    while (path === 'endless') {
      // As a hostile file keeps a reader busy.
    }
    return {
      schemaVersion: 1,
      producer: null,
      producedAt: null,
      body: { measurements: [{ key: 'auc', value: 1 }] },
    };
  },
};
