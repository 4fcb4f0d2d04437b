import type { Portal } from '../../stack/startPortal.ts';
import { waitFor, waitForAddress } from '../../stack/waitFor.ts';
import { modelPath, PortalApi } from './PortalApi.ts';
import { waitForFirstPass } from './sync.ts';

/** Waits until a model is in the catalog, and its owners are known. */
export async function waitForModel(
  portal: Portal,
  of: { source: string; name: string },
): Promise<void> {
  const api = new PortalApi(portal.backendUrl, portal.token);
  await waitForFirstPass(api, of.source);
  await waitFor(
    'the owners',
    async () => {
      const model = await api.read<{ owner: string | null }>(
        modelPath(of.source, of.name),
      );
      return model.owner?.startsWith('group:');
    },
    { deadlineMs: 120_000, everyMs: 500 },
  );
  await waitForAddress(
    `${portal.backendUrl}/api/catalog/entities/by-name/resource/default/${of.name}`,
    {
      deadlineMs: 120_000,
      headers: { authorization: `Bearer ${portal.token}` },
    },
  );
}
