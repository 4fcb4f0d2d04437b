import { calibrationBody } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { parseJson } from '../../parseJson';

/** `calibration.json`, `calibration_<set>.json`, or any JSON file in a folder of that name. */
const FILE = /(^|\/)calibration(\/[^/]+|[-_.][^/]+)?\.json$/i;

/** Reads a reliability table that a run left as JSON, in the schema in which it would be pushed. */
export const calibrationReader: EvidenceReader = {
  id: 'calibration-json',
  version: '1',
  kind: 'calibration',
  module: { path: __filename, name: 'calibrationReader' },
  matches: ({ kind, path }) =>
    kind === null && path !== null && FILE.test(path),
  read: bytes => {
    const read = calibrationBody.safeParse(parseJson(bytes));
    if (!read.success) {
      const [{ path, message }] = read.error.issues;
      throw new Error(
        `It does not follow the schema of calibration evidence: ${[
          path.join('.'),
          message,
        ]
          .filter(Boolean)
          .join(': ')}`,
      );
    }
    return {
      schemaVersion: 1,
      producer: null,
      producedAt: null,
      body: read.data,
    };
  },
};
