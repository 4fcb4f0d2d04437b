import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { ROOT, temporaryFolder } from '../stack/paths.ts';
import { test } from './support/demoPortal.ts';
import {
  entityTab,
  openModel,
  signIn,
  watchForErrors,
} from './support/pages.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';

const run = promisify(execFile);
const METRICS = JSON.stringify({
  measurements: [
    { key: 'test_roc_auc', value: 0.97, dataset: 'test', n: 20107 },
  ],
});

const CARD = '# Car loan default\n\n## Intended use\n\nScore car loans.\n';

test('an owner makes a push token, a pipeline pushes with the line of the README, and both see what came', async ({
  page,
  demoPortal,
}) => {
  test.setTimeout(180_000);
  const errors = watchForErrors(page);
  await signIn(page, demoPortal.url);
  await openModel(page, 'car-loan-default');
  await entityTab(page, 'Versions').click();
  await page
    .getByRole('table', { name: /^Versions of/ })
    .getByRole('link', { name: '3', exact: true })
    .click();
  const evidence = page.getByRole('region', { name: 'Evidence', exact: true });
  await expect(
    evidence
      .getByRole('row', { name: /^card/ })
      .filter({ hasText: 'artefact model_card.md' }),
  ).toBeVisible();

  await evidence.getByRole('button', { name: 'Push tokens' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('ci');
  await dialog.getByRole('button', { name: 'Create a token' }).click();
  const secret = await dialog.getByText(/^mpp_/).innerText();

  const folder = temporaryFolder('pipeline');
  writeFileSync(join(folder, 'metrics.json'), METRICS);
  writeFileSync(join(folder, 'MODEL_CARD.md'), CARD);
  const [line] =
    /^curl --fail[^]*?require=readable'$/m.exec(
      readFileSync(join(ROOT, 'README.md'), 'utf8'),
    ) ?? [];
  const pipeline = (name: string) =>
    run(
      'sh',
      [
        '-c',
        `${line}`
          .replace('http://localhost:7007', demoPortal.backendUrl)
          .replace('car-loan-default', name),
      ],
      {
        cwd: folder,
        env: { ...process.env, MODELPORT_PUSH_TOKEN: secret },
      },
    );
  const [digest, cardDigest] = [METRICS, CARD].map(text =>
    createHash('sha256').update(text).digest('hex'),
  );
  for (let times = 0; times < 2; times++) {
    const { stdout } = await pipeline('car-loan-default');
    expect(JSON.parse(stdout).items).toEqual([
      { digest, kind: 'metrics', status: 'read', message: null },
      { digest: cardDigest, kind: 'card', status: 'read', message: null },
    ]);
  }
  await expect(pipeline('german-credit-risk')).rejects.toThrow(/403/);

  await page.reload();
  const row = evidence.getByRole('row', { name: /^metrics/ });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('metrics.json, pushed by the token “ci”');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('button', { name: /^Download/ }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toBe(METRICS);

  await row.getByRole('link', { name: /^metrics/ }).click();
  await expect(page.getByText(digest)).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'The document as JSON' }),
  ).toContainText('test_roc_auc');
  await page.getByRole('link', { name: 'Version 3' }).click();

  await evidence.getByRole('button', { name: 'Push tokens' }).click();
  const revoke = dialog.getByRole('button', { name: 'Revoke the token ci' });
  await revoke.click();
  await expect(dialog.getByText(/can push no more with it/)).toBeVisible();
  await revoke.click();
  await expect(dialog.getByRole('row', { name: /ci.*Revoked/ })).toBeVisible();
  await expect(pipeline('car-loan-default')).rejects.toThrow(/401/);
  expect(errors).toEqual([]);
});

test('a data scientist saves a file among the artefacts as it lies, but no rows of people', async ({
  page,
  demoPortal,
}) => {
  const errors = watchForErrors(page);
  await signIn(page, demoPortal.url);
  await openModel(page, 'car-loan-default');
  await entityTab(page, 'Versions').click();
  await page
    .getByRole('table', { name: /^Versions of/ })
    .getByRole('link', { name: '3', exact: true })
    .click();
  const artefacts = page.getByRole('region', { name: 'Artefacts' });
  await artefacts
    .getByRole('button', { name: 'Open the folder model' })
    .click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    artefacts.getByRole('button', { name: 'Download model.ubj' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('model.ubj');
  const saved = readFileSync(await download.path());
  const file = join(
    ROOT,
    'examples/registry/car-loan-default/versions/3/model/model.ubj',
  );
  expect(saved.equals(readFileSync(file))).toBe(true);

  await artefacts.getByRole('button', { name: 'Up to top folder' }).click();
  await artefacts
    .getByRole('button', { name: 'Open the folder evaluation' })
    .click();
  await artefacts
    .getByRole('button', { name: 'Download evaluation-rows.parquet' })
    .click();
  await expect(artefacts.getByRole('alert')).toContainText(
    'evaluation-rows.parquet could not be downloaded',
  );
  expect(errors).toEqual([]);
});

test('hostile evidence is kept with the reason or refused, and the portal lives on', async ({
  demoPortal,
}) => {
  const { backendUrl, token } = demoPortal;
  const api = new PortalApi(backendUrl, token);
  const path = modelPath(
    'demo',
    'digits-recognizer',
    'versions',
    '1',
    'evidence',
  );
  const push = async (body: FormData | string) => {
    const response = await fetch(`${backendUrl}/api/modelport/v1/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(typeof body === 'string' && { 'content-type': 'application/json' }),
      },
      body,
    });
    return { status: response.status, body: await response.json() };
  };
  const parts = (content: string) => {
    const form = new FormData();
    form.append('metrics', new Blob([content]), '../../etc/passwd');
    return form;
  };
  const deep = '['.repeat(10_000) + ']'.repeat(10_000);
  for (const content of [
    '',
    deep,
    '{"a": NaN}',
    '\0',
    '"\\ud800"',
    '[1e999]',
  ]) {
    const { status, body } = await push(parts(content));
    expect(status, content.slice(0, 20)).toBe(201);
    expect(body.items[0]).toMatchObject({ status: 'unreadable' });
  }
  expect((await push(deep)).status).toBe(400);
  expect((await push(' '.repeat(33 * 1024 * 1024))).status).toBe(413);
  const { totalItems } = await api.read<{ totalItems: number }>(
    `${path}?kind=metrics`,
  );
  expect(totalItems).toBe(6);
});
