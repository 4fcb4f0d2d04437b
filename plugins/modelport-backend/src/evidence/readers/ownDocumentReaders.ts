import { findEvidenceKind } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseJson } from '../../parseJson';

const envelope = z.object({
  kind: z.string(),
  schemaVersion: z.number().int(),
  producer: z
    .object({ name: z.string().max(255), version: z.string().max(255) })
    .nullish(),
  producedAt: z.string().datetime({ offset: true }).nullish(),
  body: z.unknown(),
});

/** `modelport/<kind>.json`, numbered where there are several: `modelport/<kind>-2.json`. */
const fileOf = (kind: string) =>
  new RegExp(`(^|/)modelport/${kind}(-[0-9]{1,4})?\\.json$`);

/**
 * Reads documents that a run left among its artefacts in the form in which they would be pushed, so that a pipeline
 * without a token of the portal leaves its evidence too.
 */
function ownDocumentReader(kind: string, name: string): EvidenceReader {
  const file = fileOf(kind);
  return {
    id: `own-${kind}`,
    version: '1',
    kind,
    module: { path: __filename, name },
    matches: given =>
      given.kind === null && given.path !== null && file.test(given.path),
    read: bytes => {
      const read = envelope.safeParse(parseJson(bytes));
      const known = findEvidenceKind(kind);
      if (!read.success || read.data.kind !== kind) {
        throw new Error(
          `It is no document of ${kind}: expected an object with kind "${kind}", schemaVersion and body`,
        );
      }
      if (read.data.schemaVersion !== known?.schemaVersion) {
        throw new Error(
          `Version ${read.data.schemaVersion} of ${kind} is not known here; ${known?.schemaVersion} is`,
        );
      }
      const { producer = null, producedAt = null, body } = read.data;
      return { schemaVersion: known.schemaVersion, producer, producedAt, body };
    },
  };
}

export const ownMetricsReader = ownDocumentReader(
  'metrics',
  'ownMetricsReader',
);
export const ownCalibrationReader = ownDocumentReader(
  'calibration',
  'ownCalibrationReader',
);
export const ownFairnessReader = ownDocumentReader(
  'fairness',
  'ownFairnessReader',
);
export const ownDriftReader = ownDocumentReader('drift', 'ownDriftReader');

/** They come first: others know such files by parts of their names. */
export const ownDocumentReaders: readonly EvidenceReader[] = [
  ownMetricsReader,
  ownCalibrationReader,
  ownFairnessReader,
  ownDriftReader,
];
