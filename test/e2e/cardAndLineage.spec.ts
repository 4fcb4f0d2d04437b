import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { test } from './support/demoPortal.ts';
import {
  entityTab,
  openModel,
  signIn,
  watchForErrors,
} from './support/pages.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';

const MODEL = 'car-loan-default';

test('the card of a version says who says what, what is missing, and goes along as a file', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(180_000);
  const errors = watchForErrors(page);
  const { backendUrl, token } = demoPortal;
  const api = new PortalApi(backendUrl, token);
  const card = {
    kind: 'card',
    schemaVersion: 1,
    producedAt: new Date().toISOString(),
    body: {
      purpose: 'Fewer loans that are not repaid. <img src=x onerror=alert(1)>',
      limitations: 'TODO',
      metrics: [
        { key: 'test_roc_auc', value: 0.5, dataset: null, slice: null },
      ],
      attestedBy: 'user:default/rosa',
      attestedAt: new Date().toISOString(),
    },
  };
  const { status } = await api.post(
    modelPath('demo', MODEL, 'versions', '2', 'evidence'),
    card,
  );
  expect(status).toBe(201);

  await signIn(page, demoPortal.url);
  await openModel(page, MODEL);
  await entityTab(page, 'Card').click();
  await expect(
    page.getByRole('heading', { name: 'Card of version 2' }),
  ).toBeVisible();
  await expect(
    page.getByText('Fewer loans that are not repaid.').first(),
  ).toBeVisible();
  const missing = page.getByRole('region', { name: 'Completeness' });
  await expect(missing).toContainText('Intended use');
  await expect(missing).toContainText('attests to none');
  // a name in a document counts for nothing; who is signed in attests
  await expect(
    page.getByRole('group', { name: 'Business purpose' }),
  ).toContainText('the document says attested by');
  await missing.getByRole('button', { name: 'Attest' }).click();
  await page.getByRole('checkbox', { name: 'Business purpose' }).check();
  await page.getByRole('button', { name: 'Attest 1 field' }).click();
  await expect(
    page.getByRole('group', { name: 'Business purpose' }),
  ).toContainText(/attested by Ada/i);
  await page
    .getByRole('button', { name: 'Withdraw your attestation of Business' })
    .click();
  await expect(
    page.getByRole('group', { name: 'Business purpose' }),
  ).toContainText('attested here by nobody');
  // the card says 0.5, the run says otherwise
  await expect(page.getByText('0.9704').first()).toBeVisible();
  await expect(page.getByRole('alert').first()).toContainText('test_roc_auc');
  expect(await page.locator('img[onerror]').count()).toBe(0);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Markdown' }).click(),
  ]);
  const markdown = readFileSync(await download.path(), 'utf8');
  expect(markdown).toMatch(/^---\n/);
  expect(markdown).not.toContain('<img');
  expect(errors).toEqual([]);
});

test('lineage joins what the registry says to what pipelines send', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(180_000);
  const errors = watchForErrors(page);
  const { backendUrl, token } = demoPortal;
  const api = new PortalApi(backendUrl, token);
  const event = {
    eventType: 'COMPLETE',
    eventTime: '2026-11-20T10:00:00Z',
    producer: 'https://example.org/pipeline',
    schemaURL:
      'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: {
      runId: '0194f6b2-7c3a-7b0e-9d5e-2f1c3a4b5c6d',
      facets: {
        modelport_modelVersion: {
          _producer: 'https://example.org/pipeline',
          _schemaURL: 'https://example.org/facet',
          source: 'demo',
          name: MODEL,
          version: '2',
        },
      },
    },
    job: { namespace: 'airflow', name: 'prepare_loans' },
    inputs: [{ namespace: 's3://lake', name: 'loans/raw' }],
    outputs: [],
  };
  for (const [times, duplicates] of [
    [1, 0],
    [2, 1],
  ]) {
    const { status, body } = await api.post('lineage/openlineage', event);
    expect([status, body], `time ${times}`).toEqual([
      201,
      { accepted: 1 - duplicates, duplicates },
    ]);
  }
  const wrong = await api.post('lineage/openlineage', [event, { run: 1 }]);
  expect(wrong.status).toBe(400);

  await signIn(page, demoPortal.url);
  await openModel(page, MODEL);
  await entityTab(page, 'Lineage').click();
  await walkGraphByKeyboard(page);
  await page.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('table', { name: `Lineage of ${MODEL}` });
  await expect(table).toContainText('loans/raw');
  await expect(table).toContainText('prepare_loans');

  await page.getByRole('button', { name: 'Graph', exact: true }).click();
  const graph = page.getByRole('application', { name: /^Lineage of/ });
  await expect(graph).toContainText(`${MODEL} @ 2`);
  const [svg] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'SVG' }).click(),
  ]);
  expect(readFileSync(await svg.path(), 'utf8')).toContain('prepare_loans');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'OpenLineage' }).click(),
  ]);
  expect(JSON.parse(readFileSync(await saved.path(), 'utf8'))).toContainEqual(
    expect.objectContaining({
      job: expect.objectContaining({ name: 'prepare_loans' }),
    }),
  );
  const address = new URL(page.url());
  address.search = 'version=2&baseline=1';
  await page.goto(address.href);
  await expect(
    page.getByRole('table', {
      name: 'What version 2 was made from, beside 1',
    }),
  ).toContainText('loans/raw');

  const { nodes } = await api.read<{
    nodes: Array<{ id: string; name: string }>;
  }>(`${modelPath('demo', MODEL, 'lineage')}?version=2&direction=upstream`);
  const raw = nodes.find(node => node.name.includes('loans/raw'));
  const impact = await api.read<{
    owners: string[];
    items: Array<{ name: string }>;
  }>(`lineage/impact?node=${encodeURIComponent(raw?.id ?? '')}`);
  expect(impact.owners).toEqual(['group:default/risk-analytics']);
  expect(impact.items.map(item => item.name)).toContain('production');

  // what the version was only evaluated on did not make it
  const tested = nodes.find(node => node.name.startsWith('car-loan-test'));
  address.search = new URLSearchParams({
    version: '2',
    view: 'table',
    node: tested?.id ?? '',
  }).toString();
  await page.goto(address.href);
  const panel = page.getByRole('region', { name: 'What is affected' });
  await expect(panel).toContainText('Nothing is known to be made from it.');
  await expect(panel).toContainText(/only evaluated on it \(\d+\)/);
  await expect(
    panel.getByRole('link', { name: `${MODEL} @ 2` }),
  ).toHaveAttribute('href', /\/versions\/2$/);
  expect(errors).toEqual([]);
});

/** Goes from a version to where it serves, reads what is affected, and closes that. */
async function walkGraphByKeyboard(page: Page): Promise<void> {
  const serving = page.getByRole('button', {
    name: `Deployment production of ${MODEL}`,
  });
  await expect(serving).toBeVisible();
  await page.getByRole('button', { name: `Version ${MODEL} @ 2` }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(serving).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'What is affected' });
  await expect(
    panel.getByRole('link', { name: `production of ${MODEL}` }),
  ).toHaveAttribute('href', /\/promotions$/);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(
    page.getByRole('button', { name: `Version ${MODEL} @ 2` }),
  ).toBeFocused();
}
