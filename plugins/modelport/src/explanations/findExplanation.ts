import {
  Explanation,
  ReasonCodeDictionary,
} from '@modelport/plugin-modelport-common';
import { ModelId, ModelportApi } from '../api/modelportApi';

/** The explanation of a version; null where it has none, of which the API is not even asked then. */
export async function findExplanation(
  api: Pick<ModelportApi, 'listEvidence' | 'getExplanation'>,
  id: ModelId,
  version: string,
  className?: string,
): Promise<Explanation | null> {
  return (await hasEvidence(api, id, version, 'explanation'))
    ? api.getExplanation(id, version, className)
    : null;
}

/** The dictionary of reason codes that counts for a version, likewise. */
export async function findReasonCodes(
  api: Pick<
    ModelportApi,
    'listEvidence' | 'getReasonCodes' | 'listReasonCodeRevisions'
  >,
  id: ModelId,
  version: string,
): Promise<ReasonCodeDictionary | null> {
  const [inFile, { items }] = await Promise.all([
    hasEvidence(api, id, version, 'reason-codes'),
    api.listReasonCodeRevisions(id),
  ]);
  return inFile || items.some(({ state }) => state === 'confirmed')
    ? api.getReasonCodes(id, version)
    : null;
}

async function hasEvidence(
  api: Pick<ModelportApi, 'listEvidence'>,
  id: ModelId,
  version: string,
  kind: string,
): Promise<boolean> {
  const { totalItems } = await api.listEvidence(id, version, {
    kind,
    limit: 1,
  });
  return totalItems > 0;
}
