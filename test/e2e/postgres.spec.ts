import { test } from '@playwright/test';
import { startPortal, type Portal } from '../stack/startPortal.ts';
import { startPostgres, type Postgres } from '../stack/startPostgres.ts';
import { PortalApi } from './support/PortalApi.ts';
import { waitForFirstPass } from './support/sync.ts';
import { walkDemo } from './support/walkDemo.ts';

let postgres: Postgres;
let portal: Portal;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  postgres = await startPostgres();
  portal = await startPortal({ postgres: postgres.connection });
  await waitForFirstPass(
    new PortalApi(portal.backendUrl, portal.token),
    'demo',
  );
});

test.afterAll(async () => {
  await portal?.stop();
  await postgres?.stop();
});

test('a data scientist finds her way on the demo registry, on PostgreSQL', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await walkDemo(page, portal, { pictures: false });
});
