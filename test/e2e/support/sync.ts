import { waitFor } from '../../stack/waitFor.ts';
import type { PortalApi } from './PortalApi.ts';

/** A source as the API answers it. */
export interface ApiSource {
  id: string;
  kind: string;
  state: 'ok' | 'stale' | 'failing';
  lastSuccessAt: string | null;
  lastPassAt: string | null;
  models: number;
  versions: number;
  errors: Array<{ where: string; message: string; at: string }>;
  progress: { phase: string } | null;
}

export async function readSource(
  api: PortalApi,
  id: string,
): Promise<ApiSource | undefined> {
  const { items } = await api.read<{ items: ApiSource[] }>('sources');
  return items.find(source => source.id === id);
}

/** Waits until a pass over the source ran through and nothing is left to read. */
export async function waitForFirstPass(
  api: PortalApi,
  id: string,
  options = { deadlineMs: 180_000 },
): Promise<ApiSource> {
  return await waitFor(
    `the first pass over ${id}`,
    async () => {
      const source = await readSource(api, id);
      return source?.lastSuccessAt && !source.progress ? source : undefined;
    },
    { ...options, everyMs: 250 },
  );
}

/** Asks for a pass over the source, and waits until one that began after that ran through. */
export async function syncNow(
  api: PortalApi,
  id: string,
  options: { acceptRetirement?: boolean } = {},
): Promise<ApiSource> {
  const before = await readSource(api, id);
  const asked = await api.post(`sources/${id}/sync`, options);
  if (asked.status !== 202) {
    throw new Error(
      `The sync of ${id} answers ${asked.status}: ${JSON.stringify(
        asked.body,
      )}`,
    );
  }
  return await waitFor(
    `a pass over ${id}`,
    async () => {
      const source = await readSource(api, id);
      return source &&
        source.lastSuccessAt !== before?.lastSuccessAt &&
        !source.progress
        ? source
        : undefined;
    },
    { deadlineMs: 120_000, everyMs: 250 },
  );
}
