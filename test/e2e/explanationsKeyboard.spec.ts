import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './support/demoPortal.ts';
import { expectVisibleFocus, press, tabTo } from './support/keyboard.ts';
import {
  entityTab,
  openModel,
  signIn,
  watchForErrors,
} from './support/pages.ts';
import { PortalApi } from './support/PortalApi.ts';
import { waitForExplanations } from './support/waitForExplanations.ts';

const MODEL = 'car-loan-default';

/** Goes to a field by the tab key and types over what it holds. */
async function write(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** The table that stands for a chart, by its button; the chart comes back after. */
async function readTable(
  page: Page,
  figure: Locator,
  holds: RegExp,
): Promise<void> {
  await press(page, figure.getByRole('button', { name: 'Show as table' }));
  const table = figure.getByRole('table');
  await expect(table).toContainText(holds);
  await expect(table.locator('caption')).not.toBeEmpty();
  await expect(table.getByRole('columnheader').first()).toBeAttached();
  await press(page, figure.getByRole('button', { name: 'Show as chart' }));
  await expect(table).toHaveCount(0);
}

test('explanations: every chart is read and every control used by keyboard alone', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(360_000);
  const errors = watchForErrors(page);
  await waitForExplanations(
    new PortalApi(demoPortal.backendUrl, demoPortal.token),
    MODEL,
    ['2', '3'],
  );
  await signIn(page, demoPortal.url);
  await openModel(page, MODEL);
  await entityTab(page, 'Explanations').press('Enter');
  const importance = page.getByRole('figure', { name: /over 1,000 rows/ });
  await expect(importance).toBeVisible({ timeout: 60_000 });
  await readTable(page, importance, /loan_length/);
  const csv = importance.getByRole('button', { name: /as CSV$/ });
  await tabTo(page, csv);
  await expectVisibleFocus(page, csv);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);

  const show = page.getByRole('button', { name: 'Show the rows' });
  await tabTo(page, show);
  await expectVisibleFocus(page, show);
  await page.keyboard.press('Enter');
  await expect(page.locator('canvas')).toHaveCount(2);
  await readTable(
    page,
    page.getByRole('figure', { name: /one mark each/ }),
    /loan_length/,
  );
  const zoom = page.getByRole('button', { name: 'Zoom in' });
  await tabTo(page, zoom);
  await expectVisibleFocus(page, zoom);
  await page.keyboard.press('Enter');

  const feature = page.getByLabel('Feature', { exact: true });
  await tabTo(page, feature);
  await expectVisibleFocus(page, feature);
  await page.keyboard.type('salary');
  await expect(page).toHaveURL(/feature=salary_range/);
  const dependence = page.getByRole('figure', {
    name: /^Contribution of salary_range/,
  });
  await readTable(page, dependence, /Contribution/);

  await write(
    page,
    page.getByLabel('One group'),
    'output >= 0 or loan_length >= 15',
  );
  await page.keyboard.press('Enter');
  const groups = page.getByRole('table', { name: 'Two groups of rows' });
  await expect(groups).toContainText('output >= 0 or loan_length >= 15');
  // Nothing is said of no rows.
  await write(page, page.getByLabel('One group'), 'loan_length >= 0');
  await page.keyboard.press('Enter');
  await expect(groups).toHaveCount(0);

  await write(page, page.getByLabel('Id of the row'), '38954');
  await page.keyboard.press('Enter');
  const row = page.getByRole('region', { name: 'One row' });
  await readTable(page, row.getByRole('figure'), /salary_range/);
  const axis = row.getByRole('button', {
    name: 'Label the axis in probability',
  });
  await press(page, axis);
  await expect(axis).toHaveAttribute('aria-pressed', 'true');
  const decision = row.getByLabel('Decision');
  await tabTo(page, decision);
  await expectVisibleFocus(page, decision);
  await page.keyboard.type('declined by the score');
  await press(page, row.getByRole('button', { name: 'Give the reasons' }));
  await expect(
    row.getByRole('table', { name: 'Reasons of this decision' }),
  ).toContainText('R0');
  await press(page, row.getByRole('button', { name: 'Run it again' }));
  await expect(row).toContainText('It comes out the same.');

  const whatIf = page.getByRole('region', { name: 'What if' });
  await press(
    page,
    whatIf.getByRole('button', { name: 'Start from row 38954' }),
  );
  await expect(whatIf.getByRole('status')).toContainText('Output');
  const length = whatIf.getByRole('textbox', { name: 'loan_length' });
  await write(page, length, '7');
  await expectVisibleFocus(page, length);
  await expect(whatIf.getByRole('status')).toContainText(
    'from where it started',
  );

  await press(page, whatIf.getByRole('button', { name: 'Paste rows' }));
  const rows = whatIf.getByRole('textbox', { name: 'Rows', exact: true });
  await tabTo(page, rows);
  await page.keyboard.type('{"loan_length": 9, "id": 1}');
  await press(page, whatIf.getByRole('button', { name: 'Take over' }));
  await expect(whatIf).toContainText('The model does not take id.');
  await expect(length).toHaveValue('9');

  const compare = page.getByLabel('Compare with');
  await tabTo(page, compare);
  await expectVisibleFocus(page, compare);
  await page.keyboard.type('3');
  await expect(
    page.getByRole('region', { name: 'From version 3 to version 2' }),
  ).toContainText('Over 1,000 rows');
  expect(errors).toEqual([]);
});
