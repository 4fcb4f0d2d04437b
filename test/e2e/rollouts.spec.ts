import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT, temporaryFolder } from '../stack/paths.ts';
import { startPortal } from '../stack/startPortal.ts';
import {
  entityTab,
  openModel,
  signIn,
  watchForErrors,
} from './support/pages.ts';
import { PortalApi } from './support/PortalApi.ts';
import { takeScreenshots } from './support/takeScreenshots.ts';
import { waitForModel } from './support/waitForModel.ts';

const MODEL = 'car-loan-default';

test('a version comes to production by steps, and an abort gives everything back to the one before', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const registry = temporaryFolder('registry');
  cpSync(join(ROOT, 'examples/registry'), registry, { recursive: true });
  const file = () =>
    readFileSync(join(registry, MODEL, 'modelport.yaml'), 'utf8');
  const before = file();
  const portal = await startPortal({
    registry,
    config: () => ({
      modelport_promotions_environments_production_rollouts: [
        { kind: 'canary', steps: [{ percent: 10 }, { percent: 50 }] },
        { kind: 'direct' },
      ],
    }),
  });
  try {
    await waitForModel(portal, { source: 'demo', name: MODEL });
    const errors = watchForErrors(page);
    await signIn(page, portal.url, 'Ada');
    await openModel(page, MODEL);
    await entityTab(page, 'Versions').click();
    await page
      .getByRole('table', { name: /^Versions of/ })
      .getByRole('link', { name: '4', exact: true })
      .click();
    await page.getByRole('button', { name: 'Promote' }).click();
    const request = page.getByRole('dialog');
    await request.getByLabel('Environment').click();
    await page.getByRole('option', { name: 'production' }).click();
    await expect(
      request.getByRole('list', { name: 'Steps of the rollout' }),
    ).toContainText('Step 1: 10 % to version 4', { timeout: 60_000 });
    await request.getByLabel('Why').fill('Better on every month');
    await request.getByRole('button', { name: 'Ask for it' }).click();
    await page.waitForURL(/\/models\/promotions\/\d+$/);
    const { pathname } = new URL(page.url());
    const id = pathname.split('/').at(-1);

    for (const person of ['grace', 'rosa'] as const) {
      const reviewer = await PortalApi.ofPerson(portal.backendUrl, person);
      const { revision } = await reviewer.read<{ revision: number }>(
        `promotions/${id}`,
      );
      const { status } = await reviewer.request(
        'POST',
        `promotions/${id}/decisions`,
        {
          body: JSON.stringify({ decision: 'approve', revision }),
          headers: { 'content-type': 'application/json' },
        },
      );
      expect(status).toBe(201);
    }

    const context = await page.context().browser()?.newContext();
    const rosa = await context?.newPage();
    if (!rosa) {
      throw new Error('There is no browser for another person');
    }
    const rosaErrors = watchForErrors(rosa);
    await signIn(rosa, portal.url, 'Rosa');
    await rosa.goto(`${portal.url}${pathname}`);
    const rollout = rosa.getByRole('region', { name: 'Rollout' });
    await expect(rollout).toContainText('version 4: 10 %', {
      timeout: 60_000,
    });
    expect(file()).toContain(
      'production: [{ version: "2", percent: 90 }, { version: "4", percent: 10 }]',
    );
    await rollout.getByRole('button', { name: 'Go to step 2' }).click();
    await expect(rollout).toContainText('version 4: 50 %');
    await takeScreenshots(rosa, 'rollout', rollout);

    await rosa.goto(
      `${portal.url}/catalog/default/resource/${MODEL}/promotions`,
    );
    const live = rosa.getByRole('table', { name: 'Environments' });
    await expect(live).toContainText('version 4: 50 %');
    await live.getByRole('link', { name: /Step 2 of 2/ }).click();

    await rollout.getByRole('button', { name: 'Abort' }).click();
    const dialog = rosa.getByRole('dialog');
    await dialog.getByLabel('Why').fill('Answers differ');
    await dialog.getByRole('button', { name: 'Abort' }).click();
    await expect(rollout).toContainText('Answers differ');
    await expect(rosa.getByText('rolled back', { exact: true })).toBeVisible();
    expect(file()).toBe(before);
    expect([...errors, ...rosaErrors]).toEqual([]);
  } finally {
    await portal.stop();
  }
});
