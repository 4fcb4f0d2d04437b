import { expect, type Page } from '@playwright/test';
import { test } from './support/demoPortal.ts';
import { press, tabTo } from './support/keyboard.ts';
import {
  entityTab,
  openModel,
  signIn,
  watchForErrors,
} from './support/pages.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';
import { takeScreenshots } from './support/takeScreenshots.ts';

const MODEL = 'german-credit-risk';

async function openExplanations(page: Page): Promise<void> {
  await openModel(page, MODEL);
  await entityTab(page, 'Explanations').click();
  await expect(
    page.getByRole('region', { name: 'Importance', exact: true }),
  ).toBeVisible({ timeout: 60_000 });
}

test('explanations: a dictionary is written and reviewed, a decision run again, by keyboard alone', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(180_000);
  const errors = watchForErrors(page);
  await signIn(page, demoPortal.url);
  await openExplanations(page);

  await press(page, page.getByRole('button', { name: 'Show the rows' }));
  await expect(page.locator('canvas')).toHaveCount(2);
  await press(page, page.getByRole('button', { name: 'Zoom in' }));
  await press(page, page.getByRole('button', { name: 'Right', exact: true }));
  await press(page, page.getByRole('button', { name: 'Whole axis' }));
  await tabTo(page, page.getByLabel('Id of the row'));
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  const row = page.getByRole('region', { name: 'One row' });
  await press(page, row.getByRole('button', { name: 'Groups' }));
  await expect(row.getByTitle(/^housing: /)).toBeVisible();
  await press(page, row.getByRole('button', { name: 'Features' }));
  await press(page, row.getByRole('button', { name: 'Give the reasons' }));
  await expect(
    row.getByRole('table', { name: 'Reasons of this decision' }),
  ).toContainText('G02');
  await press(page, row.getByRole('button', { name: 'Run it again' }));
  await expect(row).toContainText('It comes out the same.');

  const dictionary = page.getByRole('region', {
    name: 'Dictionary of reason codes',
    exact: true,
  });
  await expect(dictionary.first()).toContainText('from the file');
  await press(page, page.getByRole('button', { name: 'Write a new version' }));
  const text = page.getByLabel('Dictionary (YAML)');
  await tabTo(page, text);
  // The version stands in the first line.
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.type('version: reviewed-1');
  await tabTo(page, page.getByLabel('What changes, and why'));
  await page.keyboard.type('A version of its own');
  await press(page, page.getByRole('button', { name: 'Propose', exact: true }));
  const proposal = page.getByRole('region', { name: /version reviewed-1/ });
  await expect(proposal).toContainText('reviewed-1');
  await expect(proposal).toContainText('once another person confirms it');
  await expect(proposal.getByRole('button', { name: 'Confirm' })).toHaveCount(
    0,
  );

  const [ada, rosa] = await Promise.all(
    (['ada', 'rosa'] as const).map(person =>
      PortalApi.ofPerson(demoPortal.backendUrl, person),
    ),
  );
  const path = modelPath('demo', MODEL, 'reason-codes');
  const { items } = await ada.read<{ items: Array<{ revision: number }> }>(
    path,
  );
  const decision = `${path}/${items[0].revision}/decision`;
  const own = await ada.post(decision, { decision: 'confirm' });
  expect(own.status).toBe(403);

  // The risk group confirms it on the page.
  const other = await page.context().browser()?.newPage();
  if (!other) {
    throw new Error('There is no browser');
  }
  await signIn(other, demoPortal.url, 'Rosa');
  await openExplanations(other);
  await press(other, other.getByRole('button', { name: 'Confirm' }));
  await expect(other.getByText(/confirmed by another person/)).toBeVisible();
  await takeScreenshots(
    other,
    'explanations-dictionary',
    other.getByText(/confirmed by another person/),
  );
  await other.close();
  const { items: decided } = await rosa.read<{
    items: Array<{ state: string }>;
  }>(path);
  expect(decided[0].state).toBe('confirmed');
  expect(errors).toEqual([]);
});
