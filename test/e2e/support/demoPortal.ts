import { test as base } from '@playwright/test';
import { startPrometheus } from '../../stack/startPrometheus.ts';
import { startPortal, type Portal } from '../../stack/startPortal.ts';
import { waitForAddress } from '../../stack/waitFor.ts';
import { PortalApi } from './PortalApi.ts';
import { waitForFirstPass } from './sync.ts';

/** Tests with the portal on the demo registry and SQLite; started once for all the files that need it. */
export const test = base.extend<object, { demoPortal: Portal }>({
  demoPortal: [
    async ({}, use) => {
      const prometheus = await startPrometheus('car-loan-default');
      const portal = await startPortal({
        config: () => ({
          modelport_monitoring_serving: {
            url: prometheus.url,
            objectives: {
              availability: 0.99,
              latency: { target: 0.5, seconds: 0.1 },
            },
            price: { currency: 'EUR', perHour: 2 },
          },
          modelport_monitoring_publishSeconds: 0,
        }),
      });
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
        await prometheus.stop();
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],
});
