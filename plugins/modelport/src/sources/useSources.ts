import { useApi } from '@backstage/frontend-plugin-api';
import { Source } from '@modelport/plugin-modelport-common';
import { useEffect, useRef, useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Loaded, useLoad } from '../api/useLoad';

const POLL_MS = 2000;

/** A pass was asked for, and its source looked so at that time. */
interface Asked {
  id: string;
  lastPassAt: string | null;
}

/** The sources; asked for again every two seconds while one is being read or a pass was asked for. */
export function useSources(): {
  sources: Loaded<Source[]>;
  /** Ids of sources whose pass was asked for and has not been seen to run. */
  asked: string[];
  sync(id: string, acceptRetirement?: boolean): Promise<void>;
} {
  const api = useApi(modelportApiRef);
  const sources = useLoad('sources', () => api.listSources());
  const { value, loading, retry } = sources;
  const [asked, setAsked] = useState<Asked[]>([]);
  const latest = useRef(value);

  useEffect(() => {
    latest.current = value;
    setAsked(before => {
      const open = before.filter(({ id, lastPassAt }) =>
        value?.some(
          source =>
            source.id === id &&
            source.progress === null &&
            source.lastPassAt === lastPassAt,
        ),
      );
      return open.length === before.length ? before : open;
    });
  }, [value]);

  const isMoving =
    asked.length > 0 || Boolean(value?.some(({ progress }) => progress));
  useEffect(() => {
    if (!isMoving || loading) {
      return undefined;
    }
    const timer = setTimeout(retry, POLL_MS);
    return () => clearTimeout(timer);
  }, [isMoving, loading, retry]);

  return {
    sources,
    asked: asked.map(({ id }) => id),
    sync: async (id, acceptRetirement) => {
      const before = latest.current?.find(source => source.id === id);
      await api.syncSource(id, acceptRetirement ? { acceptRetirement } : {});
      setAsked(others => [
        ...others.filter(other => other.id !== id),
        { id, lastPassAt: before?.lastPassAt ?? null },
      ]);
      retry();
    },
  };
}
