import { expect, test, type Locator, type Page } from '@playwright/test';
import type { Portal } from '../../stack/startPortal.ts';
import {
  entityTab,
  openModel,
  openModels,
  searchModels,
  signIn,
  watchForErrors,
} from './pages.ts';
import { modelPath, PortalApi } from './PortalApi.ts';
import { takeScreenshots } from './takeScreenshots.ts';

const MODEL = 'car-loan-default';

/** A data scientist's way through the demo: finds a model, reads its versions, compares two, opens one. */
export async function walkDemo(
  page: Page,
  portal: Portal,
  options: { pictures: boolean },
): Promise<void> {
  const errors = watchForErrors(page);
  const api = await PortalApi.ofPerson(portal.backendUrl, 'ada');
  const picture = async (name: string, ready: Locator) => {
    if (options.pictures) {
      await takeScreenshots(page, name, ready);
    }
  };

  await test.step('signs in as one of four people', async () => {
    await page.goto(portal.url);
    for (const person of ['Ada', 'Grace', 'Rosa', 'Adam']) {
      await expect(
        page.getByRole('button', { name: `Sign in as ${person},` }),
      ).toBeVisible({ timeout: 60_000 });
    }
    await picture(
      'sign-in',
      page.getByRole('button', { name: 'Sign in as Ada,' }),
    );
    await signIn(page, portal.url);
    await expect(page).toHaveURL(/\/models$/);
  });

  await test.step('searches and filters', async () => {
    const names = (await api.readAll<{ name: string }>('models')).map(
      model => model.name,
    );
    const rows = page.getByRole('table', { name: 'Models' }).getByRole('row');
    await expect(rows).toHaveCount(names.length + 1);
    await searchModels(page, 'loan');
    await expect(page.getByRole('link', { name: MODEL })).toBeVisible();
    await expect(
      page.getByRole('link', { name: 'digits-recognizer' }),
    ).toHaveCount(0);
    await searchModels(page, 'no model is called so');
    await expect(page.getByText('No model matches')).toBeVisible();
    await searchModels(page, '');
    await page
      .getByRole('group', { name: 'Task' })
      .getByRole('checkbox', { name: /regression/ })
      .check();
    await expect(page).toHaveURL(/task=regression/);
    await expect(rows).toHaveCount(2);
    await expect(
      page.getByRole('link', { name: 'diabetes-progression' }),
    ).toBeVisible();
    await page.reload();
    await expect(rows).toHaveCount(2);
    await openModels(page);
  });

  await test.step('opens a model', async () => {
    await openModel(page, MODEL);
    const main = page.getByRole('main');
    await expect(
      main
        .getByRole('region', { name: 'What it is for' })
        .getByText('Probability that a car loan is not repaid'),
    ).toBeVisible();
    await expect(main.getByText('production').first()).toBeVisible();
    await picture(
      'overview',
      main.getByRole('heading', { name: 'What it is for' }),
    );

    // In one column, what the model is for comes before what the catalog knows of its entity.
    const wide = page.viewportSize();
    await page.setViewportSize({ width: 420, height: 900 });
    const [what, about] = await Promise.all(
      [
        main.getByRole('heading', { name: 'What it is for' }),
        main.getByText('About', { exact: true }).first(),
      ].map(async part => (await part.boundingBox())?.y ?? NaN),
    );
    expect(what).toBeLessThan(about);
    if (wide) {
      await page.setViewportSize(wide);
    }
  });

  await test.step('reads its versions', async () => {
    await entityTab(page, 'Versions').click();
    const versions = await api.read<{ items: Array<{ version: string }> }>(
      modelPath('demo', MODEL, 'versions'),
    );
    const table = page.getByRole('table', { name: `Versions of ${MODEL}` });
    await expect(table.getByRole('row')).toHaveCount(versions.items.length + 1);
    await expect(table).toContainText('champion');
    await expect(table).toContainText('challenger');
    await picture('versions', table);
  });

  await test.step('compares two', async () => {
    for (const version of ['2', '3']) {
      await page
        .getByRole('checkbox', { name: `Choose version ${version} to compare` })
        .check();
    }
    await page.getByRole('link', { name: 'Compare 2' }).click();
    await expect(page).toHaveURL(/versions=/);
    const metrics = page.getByRole('table', {
      name: 'Metrics of the versions beside each other',
    });
    await expect(metrics).toBeVisible();
    await expect(page.getByText('Baseline').first()).toBeVisible();
    await expect(
      page
        .getByRole('region', { name: 'Calibration' })
        .getByText(/Version 3: expected calibration error 0\.01256/),
    ).toBeVisible();
    await expect(
      page
        .getByRole('region', {
          name: 'How the explanation moved from version 2 to 3',
        })
        .getByRole('row', { name: /^loan_length/ }),
    ).toBeVisible();
    const address = page.url();
    // The rows of both are sealed in the background, and called worse is what lies wholly on that side of 0.
    await expect(async () => {
      await page.goto(address);
      await expect(metrics).toContainText('on the same 20,107 rows', {
        timeout: 10_000,
      });
    }).toPass({ timeout: 90_000 });
    await expect(metrics).toContainText(/worse/);
    await picture('compare', metrics);
  });

  await test.step('opens a version with its history and its Python', async () => {
    await page.getByRole('link', { name: 'All versions' }).click();
    await page
      .getByRole('table', { name: `Versions of ${MODEL}` })
      .getByRole('link', { name: '2', exact: true })
      .click();
    await expect(
      page.getByRole('heading', { name: 'Version 2' }),
    ).toBeVisible();
    await expect(
      page.getByRole('heading', { name: 'Load this version' }),
    ).toBeVisible();
    await expect(page.getByText(/^import \w+/).first()).toBeVisible();
    await expect(
      page.getByRole('button', { name: 'Show the history of test_roc_auc' }),
    ).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Find a metric' }).fill('logloss');
    await page
      .getByRole('button', { name: 'Show the history of valid_logloss' })
      .click();
    await expect(
      page.getByText('valid_logloss over the steps of the run').first(),
    ).toBeVisible();
    await picture(
      'version',
      page.getByRole('heading', { name: 'Load this version' }),
    );
  });

  await test.step('sees where models come from', async () => {
    await page.goto(`${portal.url}/models/sources`);
    await expect(page.getByText('up to date').first()).toBeVisible();
    await picture('sources', page.getByText('up to date').first());
  });

  await test.step('finds a model in the search of the portal', async () => {
    await expect(async () => {
      // the index is written once a minute
      await page.goto(`${portal.url}/search?query=${MODEL}`);
      await expect(page.getByRole('link', { name: MODEL }).first()).toBeVisible(
        { timeout: 20_000 },
      );
    }).toPass({ timeout: 120_000 });
  });

  await test.step('sees the card of every model in production', async () => {
    await expect(async () => {
      // artefacts are read after their models
      await page.goto(`${portal.url}/models`);
      const rows = page.getByRole('table', { name: 'Models' }).getByRole('row');
      await expect(rows.nth(1)).toBeVisible({ timeout: 20_000 });
      await expect(page.getByText('no card', { exact: true })).toHaveCount(0, {
        timeout: 1_000,
      });
    }).toPass({ timeout: 120_000 });
    await picture('models', page.getByRole('table', { name: 'Models' }));
  });

  expect(errors).toEqual([]);
}
