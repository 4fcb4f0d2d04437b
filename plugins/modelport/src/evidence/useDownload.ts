import { useApi } from '@backstage/frontend-plugin-api';
import { Evidence } from '@modelport/plugin-modelport-common';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { messageOf } from '../components/FailedState';
import { saveFile } from '../components/saveFile';

const SHORT_DIGEST = 12;

/** Saves the bytes of a document, or says why that failed. */
export function useDownload() {
  const api = useApi(modelportApiRef);
  const [failure, setFailure] = useState<string>();
  const download = async (item: Pick<Evidence, 'kind' | 'digest'>) => {
    setFailure(undefined);
    try {
      const bytes = await api.readEvidence(item.digest);
      saveFile(bytes, `${item.kind}-${item.digest.slice(0, SHORT_DIGEST)}`);
    } catch (error) {
      setFailure(error instanceof Error ? messageOf(error) : String(error));
    }
  };
  return { download, failure };
}
