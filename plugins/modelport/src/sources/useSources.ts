import { useApi } from '@backstage/frontend-plugin-api';
import { Source } from '@modelport/plugin-modelport-common';
import { useEffect } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';

/** While a pass is under way or asked for, and otherwise: passes come by themselves too. */
const POLL_MOVING_MS = 2_000;
const POLL_MS = 15_000;

/** Whether a pass over a source is under way or was asked for. */
export function isMoving(source: Source): boolean {
  return source.progress !== null || source.askedAt !== null;
}

/** The sources, asked for again and again: every two seconds while a pass is under way or asked for. */
export function useSources(): {
  sources: Loaded<Source[]>;
  sync(id: string, acceptRetirement?: boolean): Promise<void>;
} {
  const api = useApi(modelportApiRef);
  const sources = useLoad('sources', () => api.listSources());
  const { value, loading, retry } = sources;

  const wait = value?.some(isMoving) ? POLL_MOVING_MS : POLL_MS;
  useEffect(() => {
    if (loading) {
      return undefined;
    }
    const timer = setTimeout(retry, wait);
    return () => clearTimeout(timer);
  }, [wait, loading, retry]);

  return {
    sources,
    sync: async (id, acceptRetirement) => {
      await api.syncSource(id, acceptRetirement ? { acceptRetirement } : {});
      retry();
    },
  };
}
