import { expect, type Browser, type Page } from '@playwright/test';
import type { Portal } from '../../stack/startPortal.ts';
import { entityTab, openModel, watchForErrors } from './pages.ts';

/** Signs a person in and comes to the list of models. */
export type SignIn = (
  page: Page,
  portalUrl: string,
  person: string,
) => Promise<void>;

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

/** Lets a gate count as passed, as who may. */
async function waive(page: Page, title: string) {
  await page
    .getByRole('row', { name: new RegExp(title) })
    .getByRole('button', { name: 'Waive' })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why it may be passed over').fill('We know them');
  await dialog.getByLabel('Compensating control').fill('Asked by telephone');
  const day = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000);
  await dialog.getByLabel('Until').fill(day.toISOString().slice(0, 10));
  await dialog.getByRole('button', { name: 'Waive it' }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole('row', { name: new RegExp(title) }),
  ).toContainText('waived');
}

/** Brings a version into production and back, with what the registry itself says at each step. */
export async function walkPromotion(
  browser: Browser,
  portal: Portal,
  of: {
    model: string;
    version: string;
    live: string;
    gate: { title: string; isWaived: boolean };
    champion: () => Promise<string | undefined>;
    signIn: SignIn;
    /** Called when the reviewer has the promotion before her. */
    picture?: (page: Page) => Promise<void>;
  },
): Promise<void> {
  const { model, version, live, gate, champion } = of;
  const open = async (person: string, options = { polls: true }) => {
    const context = await browser.newContext();
    if (!options.polls) {
      // Pages ask again only while somebody looks: this one knows what signals bring it.
      await context.addInitScript(() =>
        Object.defineProperty(document, 'visibilityState', {
          get: () => 'hidden',
        }),
      );
    }
    const page = await context.newPage();
    await of.signIn(page, portal.url, person);
    return { page, errors: watchForErrors(page) };
  };
  const ada = await open('Ada');
  await openModel(ada.page, model);
  await entityTab(ada.page, 'Versions').click();
  await ada.page
    .getByRole('table', { name: /^Versions of/ })
    .getByRole('link', { name: version, exact: true })
    .click();
  await ada.page.getByRole('button', { name: 'Promote' }).click();
  const request = ada.page.getByRole('dialog');
  await request.getByLabel('Environment').click();
  await ada.page.getByRole('option', { name: 'production' }).click();
  await expect(
    request.getByRole('row', { name: new RegExp(gate.title) }),
  ).toContainText(gate.isWaived ? 'cannot tell' : 'pass');
  await request.getByLabel('Why').fill('Better on every month');
  await request.getByRole('button', { name: 'Ask for it' }).click();
  await ada.page.waitForURL(/\/models\/promotions\/\d+$/);
  const { pathname } = new URL(ada.page.url());

  // her own work: told why, and offered nothing
  const adaDecides = ada.page.getByRole('region', { name: 'Decision' });
  await expect(adaDecides).toContainText('You cannot approve this');
  await expect(adaDecides.getByRole('button', { name: 'Approve' })).toHaveCount(
    0,
  );

  const rosa = await open('Rosa', { polls: false });
  await rosa.page.goto(`${portal.url}${pathname}`);
  const rosaDecides = rosa.page.getByRole('region', { name: 'Decision' });
  await expect(rosaDecides).toContainText('0 of 2 approvals');

  const grace = await open('Grace');
  await grace.page.getByRole('link', { name: 'Promotions (1)' }).click();
  await grace.page
    .getByRole('link', { name: `${model} ${version} → production` })
    .click();
  await of.picture?.(grace.page);
  await decide(grace.page, 'Approve');
  await expect(
    grace.page.getByRole('region', { name: 'Decision' }),
  ).toContainText('1 of 2 approvals');
  expect(await champion()).toBe(live);

  // Rosa sees it at once by a signal, and has to look before she decides
  await expect(
    rosa.page.getByText('This has changed since you looked'),
  ).toBeVisible();
  await expect(
    rosaDecides.getByRole('button', { name: 'Approve' }),
  ).toBeDisabled();
  await rosa.page.getByRole('button', { name: 'I have looked at it' }).click();
  if (gate.isWaived) {
    await waive(rosa.page, gate.title);
  }
  await decide(rosa.page, 'Approve');
  const execution = rosa.page.getByRole('region', { name: 'Execution' });
  await expect(execution).toContainText(`version ${version}`, {
    timeout: 60_000,
  });
  await expect(
    execution.getByRole('button', { name: 'Roll production back' }),
  ).toBeVisible({ timeout: 60_000 });
  expect(await champion()).toBe(version);
  await expect(ada.page.getByText('live', { exact: true })).toBeVisible();

  await execution.getByRole('button', { name: 'Roll production back' }).click();
  const back = rosa.page.getByRole('dialog');
  await expect(
    back.getByRole('radio', { name: `Version ${live}` }),
  ).toBeChecked();
  await back.getByLabel('Why').fill('Errors in the newest month');
  await back.getByRole('button', { name: 'Roll back' }).click();
  await expect(
    rosa.page.getByRole('heading', {
      name: `Rollback of ${model} to version ${live} in production`,
    }),
  ).toBeVisible();
  await expect(
    execution.getByRole('button', { name: 'Roll production back' }),
  ).toBeVisible({ timeout: 60_000 });
  expect(await champion()).toBe(live);

  await rosa.page.getByRole('button', { name: 'Verify the chain' }).click();
  await expect(
    rosa.page.getByText(/^The chain of \d+ entries holds/),
  ).toBeVisible();

  await rosa.page.goto(
    `${portal.url}/catalog/default/resource/${model}/promotions`,
  );
  const periods = rosa.page.getByRole('table', {
    name: 'Versions that were live in production',
  });
  await expect(
    periods.getByRole('row', { name: new RegExp(`^${version} `) }),
  ).toContainText('by a promotion');
  expect([...ada.errors, ...grace.errors, ...rosa.errors]).toEqual([]);
}
