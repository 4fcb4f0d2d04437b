import { expect } from '@playwright/test';
import { test } from './support/demoPortal.ts';
import {
  entityTab,
  openModel,
  signIn,
  watchForErrors,
} from './support/pages.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';
import { takeScreenshots } from './support/takeScreenshots.ts';

const MODEL = 'car-loan-default';

test('monitoring shows when the world moved away, in which features, and who took it on', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(180_000);
  const errors = watchForErrors(page);
  const { backendUrl, token } = demoPortal;
  const api = new PortalApi(backendUrl, token);
  await expect
    .poll(
      async () =>
        (
          await api.read<{ series: unknown[] }>(
            modelPath('demo', MODEL, 'versions', '2', 'monitoring'),
          )
        ).series.length,
      { timeout: 60_000 },
    )
    .toBeGreaterThan(8);

  await signIn(page, demoPortal.url);
  await openModel(page, MODEL);
  const health = page.getByRole('region', { name: 'Health' });
  await expect(health).toContainText('drifting');
  await expect(health).toContainText(
    'was outside of its thresholds in 2019-08',
  );

  await entityTab(page, 'Monitoring').click();
  await expect(
    page.getByRole('heading', { name: 'Monitoring of version 2' }),
  ).toBeVisible();
  const map = page.getByRole('region', { name: 'Drift by feature and window' });
  await expect(map.getByRole('img')).toBeVisible();
  await map.getByRole('button', { name: 'Show as table' }).click();
  await expect(
    map.getByRole('columnheader', { name: '2019-04' }),
  ).toBeVisible();
  await expect(map.getByRole('row', { name: /^car_value/ })).toContainText('●');
  await map.getByRole('button', { name: 'Show as chart' }).click();

  const performance = page.getByRole('region', { name: 'Performance' });
  await expect(performance).toContainText('CBPE: holds while');
  await takeScreenshots(page, 'monitoring', map.getByRole('img'));

  await map.getByRole('button', { name: 'car_value' }).click();
  await expect(
    page.getByRole('heading', { name: 'Drift of car_value' }),
  ).toBeVisible();
  await expect(page).toHaveURL(/feature=car_value/);
  await expect(
    page.getByText(/rows against 20,107 of the reference/).first(),
  ).toBeVisible();
  await page.getByRole('button', { name: 'All features' }).click();

  const alerts = page.getByRole('region', { name: 'Alerts' });
  const alert = alerts
    .getByRole('article')
    .filter({ hasText: 'Drift of version 2' });
  await alert.getByRole('button', { name: 'Acknowledge' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: /Why/ })
    .fill('Retraining on newer cars');
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(alert).toContainText('Retraining on newer cars');
  expect(errors).toEqual([]);
});
