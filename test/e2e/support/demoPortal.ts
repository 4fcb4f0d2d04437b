import { test as base } from '@playwright/test';
import { startPortal, type Portal } from '../../stack/startPortal.ts';
import { waitForAddress } from '../../stack/waitFor.ts';
import { PortalApi } from './PortalApi.ts';
import { waitForFirstPass } from './sync.ts';

/** Tests with the portal on the demo registry and SQLite; started once for all the files that need it. */
export const test = base.extend<object, { demoPortal: Portal }>({
  demoPortal: [
    async ({}, use) => {
      const portal = await startPortal();
      try {
        await waitForFirstPass(
          new PortalApi(portal.backendUrl, portal.token),
          'demo',
        );
        // the catalog takes models over some seconds later
        await waitForAddress(
          `${portal.backendUrl}/api/catalog/entities/by-name/resource/default/car-loan-default`,
          {
            deadlineMs: 60_000,
            headers: { authorization: `Bearer ${portal.token}` },
          },
        );
        await use(portal);
      } finally {
        await portal.stop();
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],
});
