import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { EvidenceReader } from './EvidenceReader';

/**
 * Takes readers of evidence from modules of the Modelport backend.
 *
 * @public
 */
export interface EvidenceReadersExtensionPoint {
  /**
   * Adds a reader.
   *
   * @throws `ConflictError` where a reader of the same id was added before.
   */
  addReader(reader: EvidenceReader): void;
}

/**
 * The extension point of readers of evidence.
 *
 * @public
 */
export const evidenceReadersExtensionPoint =
  createExtensionPoint<EvidenceReadersExtensionPoint>({
    id: 'modelport.evidence.readers',
  });
