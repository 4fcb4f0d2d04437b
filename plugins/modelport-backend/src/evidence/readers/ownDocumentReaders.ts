import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { parseJson } from '../../parseJson';
import { openEnvelope } from '../envelope';

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
    read: bytes => openEnvelope(parseJson(bytes), kind),
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
