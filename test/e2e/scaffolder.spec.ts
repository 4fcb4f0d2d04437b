import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ensureVenv } from '../stack/ensureVenv.ts';
import { temporaryFolder } from '../stack/paths.ts';
import { startMlflow, type Mlflow } from '../stack/startMlflow.ts';
import { startPortal, type Portal } from '../stack/startPortal.ts';
import { runProcess } from '../stack/startProcess.ts';
import { waitFor } from '../stack/waitFor.ts';
import {
  checkStatically,
  renderCombinations,
} from '../templates/checkStatically.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';
import { entityTab, watchForErrors } from './support/pages.ts';
import { syncNow } from './support/sync.ts';

const NAME = 'made-by-form';
/** What a person has: who the rows are about is in them, and one column is no feature. */
const SAMPLE = [
  'loan_id,email,opened_at,term,gender,repaid',
  ...Array.from(
    { length: 40 },
    (_, at) =>
      `L${at},person${at}@example.org,2026-01-${String((at % 28) + 1).padStart(
        2,
        '0',
      )},${12 + at},${at % 2 ? 'f' : 'm'},${at % 3 ? 'yes' : 'no'}`,
  ),
].join('\n');
/** What breaks out of YAML, Markdown, templates and shells where it is not kept in. */
const HOSTILE =
  'Says "yes": `id` $(id) ${{ github.token }} {{ 7*7 }} {% raw %} <script>alert(1)</script> # [a](javascript:x)';

let mlflow: Mlflow;
let portal: Portal;
let folder: string;

test.beforeAll(async () => {
  test.setTimeout(900_000);
  folder = temporaryFolder('scaffolder');
  mlflow = await startMlflow({ venv: 'mlflow3' });
  portal = await startPortal({ mlflowUrl: mlflow.url });
});

test.afterAll(async () => {
  test.setTimeout(120_000);
  await portal?.stop();
  await mlflow?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a form makes a repository that tests and trains, and the portal knows its model', async ({
  page,
}) => {
  test.setTimeout(600_000);
  const errors = watchForErrors(page);
  await page.goto(portal.url);
  await page.getByRole('button', { name: 'Sign in as Ada,' }).click();
  const create = page.getByRole('link', { name: 'Create', exact: true });
  await expect(create).toBeVisible({ timeout: 60_000 });
  const scripts: string[] = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  expect(scripts.filter(name => /scaffolder/.test(name))).toEqual([]);

  await create.click();
  await expect(page.getByText('New ML model').first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText('Adopt an existing model').first()).toBeVisible();
  await page.goto(`${portal.url}/create/templates/default/new-ml-model`);
  const name = page.getByLabel('Name');
  await name.fill('lambda');
  await expect(page.getByText('is a keyword of Python')).toBeVisible();
  await name.fill(NAME);
  await expect(
    page.getByText('Free. Its Python package is made_by_form.'),
  ).toBeVisible();
  // the only group that Ada belongs to
  await expect(page.getByLabel('Owner')).toHaveValue('Risk Analytics');
  await page.getByLabel('Description').fill(HOSTILE);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel('Task')).toBeVisible();
  await page.getByLabel('Choose a file').setInputFiles({
    name: 'loans.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(SAMPLE),
  });
  await expect(page.getByText('loans.csv: 40 rows, 6 columns')).toBeVisible();
  await page.getByLabel('Use of repaid').selectOption('label');
  await page.getByRole('button', { name: 'Fill in the form' }).click();
  await expect(page.getByLabel('Label')).toHaveValue('repaid');
  await expect(page.getByLabel('Id', { exact: true })).toHaveValue('loan_id');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Kubernetes with KServe').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel('Rollout')).toBeVisible();
  await expect(page.getByLabel('Metric').first()).toBeVisible();
  await page.getByRole('button', { name: 'Show the files' }).click();
  const made = page.getByRole('list', { name: 'Files' });
  await expect(made).not.toContainText('targets/sagemaker');
  const manifest = 'targets/kubernetes/base/inferenceservice.yaml';
  await made.getByRole('button', { name: manifest }).click();
  await expect(page.getByLabel(manifest, { exact: true })).toContainText(
    `name: ${NAME}`,
  );
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText(NAME).first()).toBeVisible();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('Go on from here').first()).toBeVisible({
    timeout: 60_000,
  });
  await page
    .getByRole('link', { name: 'Open the model' })
    .or(page.getByRole('button', { name: 'Open the model' }))
    .first()
    .click();
  await expect(entityTab(page, 'Versions')).toBeVisible({ timeout: 60_000 });

  const repository = join(folder, NAME);
  const { bin } = await ensureVenv('uv');
  const run = (step: string, command: string, ...args: string[]) =>
    runProcess({
      name: `scaffolder-${step}`,
      command,
      args,
      cwd: step === 'clone' ? folder : repository,
      env: { MLFLOW_TRACKING_URI: mlflow.url, VIRTUAL_ENV: undefined },
      deadlineMs: 300_000,
    });
  const uv = join(bin, 'uv');
  const address = `${portal.backendUrl}/api/modelport/git/${NAME}`;
  await run('clone', 'git', 'clone', '--quiet', address);
  await run('sync', uv, 'sync');
  await run('lint', uv, 'run', 'ruff', 'check', '.');
  await run('tests', uv, 'run', 'pytest', '-q');
  await run('train', uv, 'run', 'python', '-m', 'made_by_form', 'train');
  const { version } = JSON.parse(
    readFileSync(join(repository, 'artifacts/train.json'), 'utf8'),
  );
  expect(version).toBe('1');

  const api = new PortalApi(portal.backendUrl, portal.token);
  await syncNow(api, 'mlflow');
  const path = modelPath('mlflow', NAME, 'versions', '1');
  await waitFor(
    'the evidence of the version',
    async () => {
      const { items } = await api.read<{ items: { kind: string }[] }>(
        `${path}/evidence`,
      );
      const kinds = new Set(items.map(({ kind }) => kind));
      return ['card', 'explanation', 'drift'].every(kind => kinds.has(kind));
    },
    { deadlineMs: 60_000 },
  );
  const trained = await api.read<{
    aliases: string[];
    metrics: Record<string, number>;
    signature: unknown;
    datasets: unknown[];
  }>(path);
  expect(trained.aliases).toEqual(['candidate']);
  expect(trained.metrics.test_roc_auc).toBeGreaterThan(0.7);
  expect(trained.signature).not.toBeNull();
  expect(trained.datasets).toHaveLength(3);
  // the one column of the sample that is no key, time, person or label is what the model is made of
  await waitFor(
    'the drift of its held-out rows',
    async () => {
      const { series } = await api.read<{
        series: Array<{ feature: string | null }>;
      }>(`${path}/monitoring`);
      const features = new Set(series.map(({ feature }) => feature));
      return ['term', 'score'].every(feature => features.has(feature));
    },
    { deadlineMs: 60_000 },
  );
  interface CardAnswer {
    claims: Record<string, unknown>;
    completeness: { missing: Array<{ path: string; reason: string }> };
  }
  const ada = await PortalApi.ofPerson(portal.backendUrl, 'ada');
  const card = await ada.read<CardAnswer>(`${path}/card`);
  // the author whom the file names is a claim until a person attests it in the portal
  expect(card.claims).toHaveProperty('purpose');
  // nothing is left to write but what somebody else writes later, for a tier that nobody confirmed
  expect(
    card.completeness.missing.filter(({ reason }) => reason !== 'unattested'),
  ).toEqual([{ path: 'validation', reason: 'absent' }]);
  const rosa = await PortalApi.ofPerson(portal.backendUrl, 'rosa');
  const confirmed = await rosa.post(`${modelPath('mlflow', NAME)}/risk-tier`, {
    tier: 'medium',
    comment: 'As the form proposes',
  });
  expect(confirmed.status).toBe(201);

  await entityTab(page, 'Versions').click();
  await page.reload();
  await expect(
    page.getByRole('table', { name: `Versions of ${NAME}` }),
  ).toContainText('candidate');
  await entityTab(page, 'Overview').click();
  const scorecard = page.getByRole('region', { name: 'Repository' });
  await expect(scorecard).toContainText(/1[34] of 14 checks/);
  await expect(scorecard).toContainText('It is up to date with its template');
  await entityTab(page, 'Card').click();
  await expect(page.getByText('Says "yes"').first()).toBeVisible();
  await page.getByRole('button', { name: 'Attest' }).click();
  await page.getByLabel(/^All that the template asks for/).check();
  await page.getByRole('button', { name: /^Attest \d+ fields/ }).click();
  await expect(
    page.getByText('100% of what the template asks for this risk tier').first(),
  ).toBeVisible();
  await expect(
    page.getByText('Nothing that the template asks for is missing.'),
  ).toBeVisible();
  expect(await page.locator('script', { hasText: 'alert(1)' }).count()).toBe(0);
  await entityTab(page, 'Explanations').click();
  await expect(page.getByRole('region', { name: 'Importance' })).toBeVisible();
  await entityTab(page, 'Monitoring').click();
  await expect(
    page.getByRole('region', { name: 'Drift by feature and window' }),
  ).toBeVisible();
  expect(errors).toEqual([]);
});

test('repositories of every pair of answers pass the cheap checks', async () => {
  test.setTimeout(600_000);
  const repositories = await renderCombinations();
  const problems: string[] = [];
  await checkStatically(repositories, 'cheap', (check, _, problem) => {
    if (problem !== undefined) {
      problems.push(`${check}: ${problem}`);
    }
  });
  rmSync(dirname(repositories[0]), { recursive: true, force: true });
  expect(problems).toEqual([]);
});
