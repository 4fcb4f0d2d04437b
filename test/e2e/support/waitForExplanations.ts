import { expect } from '@playwright/test';
import { modelPath, PortalApi } from './PortalApi.ts';

/** Waits until the explanations of these versions are read; the first pass brings them one after the other. */
export async function waitForExplanations(
  api: PortalApi,
  model: string,
  versions: string[],
): Promise<void> {
  await expect
    .poll(
      async () => {
        const trace = await api.read<{ versions: Array<{ version: string }> }>(
          modelPath('demo', model, 'explanations', 'trace'),
        );
        return trace.versions.map(({ version }) => version);
      },
      { timeout: 120_000 },
    )
    .toEqual(expect.arrayContaining(versions));
}
