import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { ROOT, temporaryFolder } from '../stack/paths.ts';
import { startPortal } from '../stack/startPortal.ts';
import { waitForAddress } from '../stack/waitFor.ts';
import {
  entityTab,
  openModel,
  signIn,
  watchForErrors,
} from './support/pages.ts';
import { PortalApi } from './support/PortalApi.ts';
import { waitForFirstPass } from './support/sync.ts';
import { takeScreenshots } from './support/takeScreenshots.ts';

/** Signs somebody in, in a browser of their own. */
async function open(browser: Browser, url: string, person: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, url, person);
  return { page, errors: watchForErrors(page) };
}

async function decide(page: Page, decision: string) {
  await page
    .getByRole('region', { name: 'Decision' })
    .getByRole('button', { name: decision })
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: decision })
    .click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('an author asks, a reviewer and a risk officer approve, the registry changes, and a rollback brings it back', async ({
  browser,
}) => {
  test.setTimeout(420_000);
  const registry = temporaryFolder('registry');
  cpSync(join(ROOT, 'examples/registry'), registry, { recursive: true });
  const champion = () =>
    /champion: "?(\d+)/.exec(
      readFileSync(join(registry, 'car-loan-default/modelport.yaml'), 'utf8'),
    )?.[1];
  expect(champion()).toBe('2');
  const portal = await startPortal({ registry });
  try {
    await waitForFirstPass(
      new PortalApi(portal.backendUrl, portal.token),
      'demo',
    );
    await waitForAddress(
      `${portal.backendUrl}/api/catalog/entities/by-name/resource/default/car-loan-default`,
      {
        deadlineMs: 60_000,
        headers: { authorization: `Bearer ${portal.token}` },
      },
    );

    const ada = await open(browser, portal.url, 'Ada');
    await openModel(ada.page, 'car-loan-default');
    await entityTab(ada.page, 'Versions').click();
    await ada.page
      .getByRole('table', { name: /^Versions of/ })
      .getByRole('link', { name: '4', exact: true })
      .click();
    await ada.page.getByRole('button', { name: 'Promote' }).click();
    const request = ada.page.getByRole('dialog');
    await request.getByLabel('Environment').click();
    await ada.page.getByRole('option', { name: 'production' }).click();
    await expect(
      request.getByRole('row', { name: /Not worse than what is live/ }),
    ).toContainText('pass');
    await request.getByLabel('Why').fill('Better on every month');
    await request.getByRole('button', { name: 'Ask for it' }).click();
    await ada.page.waitForURL(/\/models\/promotions\/\d+$/);
    const { pathname } = new URL(ada.page.url());

    // her own work: told why, and offered nothing
    const adaDecides = ada.page.getByRole('region', { name: 'Decision' });
    await expect(adaDecides).toContainText('You cannot approve this');
    await expect(
      adaDecides.getByRole('button', { name: 'Approve' }),
    ).toHaveCount(0);

    const rosa = await open(browser, portal.url, 'Rosa');
    await rosa.page.goto(`${portal.url}${pathname}`);
    const rosaDecides = rosa.page.getByRole('region', { name: 'Decision' });
    await expect(rosaDecides).toContainText('0 of 2 approvals');

    const grace = await open(browser, portal.url, 'Grace');
    await grace.page.getByRole('link', { name: 'Promotions (1)' }).click();
    await grace.page
      .getByRole('link', { name: 'car-loan-default 4 → production' })
      .click();
    await takeScreenshots(
      grace.page,
      'promotion',
      grace.page.getByRole('region', { name: 'Gates' }).first(),
    );
    await decide(grace.page, 'Approve');
    await expect(
      grace.page.getByRole('region', { name: 'Decision' }),
    ).toContainText('1 of 2 approvals');
    expect(champion()).toBe('2');

    // Rosa sees it without doing anything, and has to look before she decides
    await expect(
      rosa.page.getByText('This has changed since you looked'),
    ).toBeVisible();
    await expect(
      rosaDecides.getByRole('button', { name: 'Approve' }),
    ).toBeDisabled();
    await rosa.page
      .getByRole('button', { name: 'I have looked at it' })
      .click();
    await decide(rosa.page, 'Approve');
    const execution = rosa.page.getByRole('region', { name: 'Execution' });
    await expect(execution).toContainText('version 4', { timeout: 60_000 });
    await expect(
      execution.getByRole('button', { name: 'Roll production back' }),
    ).toBeVisible({ timeout: 60_000 });
    expect(champion()).toBe('4');
    await expect(ada.page.getByText('live', { exact: true })).toBeVisible();

    await execution
      .getByRole('button', { name: 'Roll production back' })
      .click();
    const back = rosa.page.getByRole('dialog');
    await expect(back.getByRole('radio', { name: /Version 2/ })).toBeChecked();
    await back.getByLabel('Why').fill('Errors in the newest month');
    await back.getByRole('button', { name: 'Roll back' }).click();
    await expect(
      rosa.page.getByRole('heading', {
        name: 'Rollback of car-loan-default to version 2 in production',
      }),
    ).toBeVisible();
    await expect(
      execution.getByRole('button', { name: 'Roll production back' }),
    ).toBeVisible({ timeout: 60_000 });
    expect(champion()).toBe('2');

    await rosa.page.getByRole('button', { name: 'Verify the chain' }).click();
    await expect(
      rosa.page.getByText(/^The chain of \d+ entries holds/),
    ).toBeVisible();

    await rosa.page.goto(
      `${portal.url}/catalog/default/resource/car-loan-default/promotions`,
    );
    const periods = rosa.page.getByRole('table', {
      name: 'Versions that were live in production',
    });
    await expect(periods.getByRole('row', { name: /^4 / })).toContainText(
      'by a promotion',
    );
    expect([...ada.errors, ...grace.errors, ...rosa.errors]).toEqual([]);
  } finally {
    await portal.stop();
  }
});
