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

test('a monitor is computed here from files and rows that are sent, and serving from Prometheus', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(240_000);
  const errors = watchForErrors(page);
  const { backendUrl, token } = demoPortal;
  const api = new PortalApi(backendUrl, token);
  const monitored = modelPath('demo', MODEL, 'versions', '2', 'monitoring');
  const path = modelPath('demo', MODEL, 'monitor');
  await expect
    .poll(async () => api.read<Monitor>(path), { timeout: 120_000 })
    .toMatchObject({ problem: null, message: null, windows: 10 });

  // What scikit-learn says of the same rows.
  const { performance: metrics } = await api.read<{ performance: Series[] }>(
    `${monitored}?parts=performance`,
  );
  const november = (metric: string) =>
    metrics.find(
      one =>
        one.tool === 'Modelport' && one.metric === metric && one.slice === null,
    )?.points[0].value;
  expect(november('roc_auc')).toBeCloseTo(0.9586147797156972, 10);
  expect(november('pr_auc')).toBeCloseTo(0.9578350560635384, 10);
  expect(november('brier')).toBeCloseTo(0.06018386036157608, 7);

  const rows = Array.from({ length: 200 }, (_, row) => ({
    timestamp: '2019-10-05T12:00:00Z',
    car_value: 40_000 + row,
    probability: (row % 100) / 100,
    default: row % 100 > 50 ? 1 : 0,
  }));
  const observations = modelPath(
    'demo',
    MODEL,
    'versions',
    '2',
    'observations',
  );
  for (const repeated of [false, true]) {
    const { status, body } = await api.post(observations, { id: 'b1', rows });
    expect(status).toBe(202);
    expect(body).toMatchObject({ repeated, rows: repeated ? 0 : 200 });
  }
  await expect
    .poll(
      async () =>
        (
          await api.read<{ series: Series[] }>(
            `${monitored}?parts=series&feature=car_value&from=2019-10-01`,
          )
        ).series.map(({ statistic }) => statistic),
      { timeout: 60_000 },
    )
    .toContain('ks (binned)');

  await signIn(page, demoPortal.url);
  await openModel(page, MODEL);
  await entityTab(page, 'Monitoring').click();
  const computed = page.getByRole('region', { name: 'Computed here' });
  await expect(computed).toContainText('8 columns of 2,000 rows');
  await computed.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog');
  const referencePath = dialog
    .getByRole('group', { name: 'Reference' })
    .getByLabel('Path, such as data/production');
  await expect(referencePath).toHaveValue('data/reference.parquet');
  await dialog
    .getByRole('button', { name: 'Try thresholds on the past' })
    .click();
  await expect(dialog.getByRole('status')).toContainText(
    /would have fired in \d+ of \d+ windows/,
  );
  await dialog.getByRole('button', { name: 'Edit as JSON' }).click();
  await dialog.getByRole('textbox').fill('{"reference": {}}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('expected data, a window, or both');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  const performance = page.getByRole('region', { name: 'Performance' });
  await performance.getByRole('combobox').click();
  await page.getByRole('option', { name: 'salary_range = 1' }).click();
  await expect(performance).toContainText('roc_auc by Modelport 1');

  const rules = page.getByRole('region', { name: 'Alert rules' });
  await rules.getByRole('button', { name: 'Edit rules' }).click();
  await dialog.getByRole('button', { name: 'Try on the past' }).click();
  await expect(dialog.getByRole('status')).toContainText(
    /drift: would have fired in \d+ of \d+ windows/,
  );
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  const serving = page.getByRole('region', { name: 'Serving' });
  await serving.getByRole('combobox').click();
  await page.getByRole('option', { name: 'Last hour' }).click();
  await expect(serving).toContainText('Cost of 1,000 predictions');
  await expect(
    serving.getByRole('row', { name: /^availability/ }),
  ).toContainText('overspent');
  expect(errors).toEqual([]);
});

interface Monitor {
  problem: string | null;
  message: string | null;
  windows: number | null;
}

interface Series {
  tool: string;
  metric: string;
  statistic: string;
  slice: string | null;
  points: Array<{ value: number }>;
}
