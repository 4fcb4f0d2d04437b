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
import { waitForExplanations } from './support/waitForExplanations.ts';

const MODEL = 'car-loan-default';

test('explanations: what drives a version, a row with its reasons, what if, and by keyboard', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(180_000);
  const errors = watchForErrors(page);
  await waitForExplanations(
    new PortalApi(demoPortal.backendUrl, demoPortal.token),
    MODEL,
    ['2', '3'],
  );
  await signIn(page, demoPortal.url);
  await openModel(page, MODEL);
  const drivers = page.getByRole('region', { name: 'Top drivers' });
  await expect(drivers).toContainText('loan_length', { timeout: 60_000 });
  await entityTab(page, 'Explanations').click();
  await expect(
    page.getByRole('heading', { name: 'Why version 2 scores as it does' }),
  ).toBeVisible();
  const importance = page.getByRole('region', { name: 'Importance' });
  await expect(importance).toContainText('over 1,000 rows, in margin');
  await expect(page.getByText('add up; worst error')).toBeVisible();
  await takeScreenshots(page, 'explanations', importance);

  // No row is read before it is asked for.
  await expect(page.locator('canvas')).toHaveCount(0);
  const show = page.getByRole('button', { name: 'Show the rows' });
  await show.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('canvas')).toHaveCount(2);
  await expect(
    page.getByRole('img', { name: /1,000 rows, one mark each/ }),
  ).toBeVisible();

  await page.getByLabel('Id of the row').fill('38954');
  await page.keyboard.press('Enter');
  const row = page.getByRole('region', { name: 'One row' });
  await expect(row).toContainText('From the base value');
  await expect(row).toContainText('add up to the output');
  await expect(page).toHaveURL(/row=38954/);
  await row
    .getByRole('button', { name: 'Label the axis in probability' })
    .press('Enter');
  await expect(row).toContainText('the bars stay in the margin');
  // At the cutoff of the dictionary this row was approved.
  const give = row.getByRole('button', { name: 'Give the reasons' });
  await give.press('Enter');
  await expect(row.getByRole('alert')).toContainText('was not adverse');
  await row.getByLabel('Decision').selectOption('declined by the score');
  await give.press('Enter');
  await expect(
    row.getByRole('table', { name: 'Reasons of this decision' }),
  ).toContainText('R0');
  await expect(row.getByRole('alert')).toContainText('that approves');

  const whatIf = page.getByRole('region', { name: 'What if' });
  await whatIf
    .getByRole('button', { name: 'Start from row 38954' })
    .press('Enter');
  await expect(whatIf.getByRole('status')).toContainText('Output -3.72');
  await whatIf.getByRole('textbox', { name: 'loan_length' }).fill('7');
  await expect(whatIf.getByRole('status')).toContainText(
    'from where it started',
  );
  // At the cutoff the score approved the row as it was, and with the shorter loan it would not.
  await whatIf
    .getByRole('button', { name: 'Preview the reasons' })
    .press('Enter');
  await expect(whatIf).toContainText('nothing of this may stand in a notice');
  await expect(whatIf).toContainText(
    'Where it started, none: At the cutoff of the dictionary',
  );
  await expect(whatIf).toContainText('Now: R01');

  await page.getByLabel('Compare with').selectOption('3');
  await expect(
    page.getByRole('region', { name: 'From version 3 to version 2' }),
  ).toContainText('Over 1,000 rows');
  // Another version is held against the one in production unless somebody chooses.
  await page.goto(`${page.url().split('?')[0]}?version=3`);
  await expect(
    page.getByRole('region', { name: 'From version 2 to version 3' }),
  ).toContainText('Over 1,000 rows');
  await expect(page.getByLabel('Compare with')).toHaveValue('2');
  expect(errors).toEqual([]);
});

test('explanations: the API explains what the registry holds, and gives reasons with a record', async ({
  demoPortal,
}) => {
  test.setTimeout(120_000);
  const api = new PortalApi(demoPortal.backendUrl, demoPortal.token);
  const path = modelPath('demo', MODEL, 'versions', '3');
  const explanation = await api.read<{
    additivity: { ok: boolean };
    features: Array<{ name: string; direction: string }>;
  }>(`${path}/explanations`);
  expect(explanation.additivity.ok).toBe(true);
  expect(explanation.features[0].name).toBe('loan_length');
  // Version 3 was trained to be monotone in both.
  const directionOf = (name: string) =>
    explanation.features.find(feature => feature.name === name)?.direction;
  expect(directionOf('debt_to_income_ratio')).toBe('increasing');
  expect(directionOf('salary_range')).toBe('decreasing');
  // A service sees no values.
  const row = await api.read<{ values: Record<string, unknown> }>(
    `${path}/explanations/rows/38954`,
  );
  expect(Object.values(row.values).every(value => value === null)).toBe(true);
  const reasons = await api.post(`${path}/reason-codes`, {
    rowIds: ['36489'],
    top: 2,
  });
  expect(reasons.status).toBe(200);
});
