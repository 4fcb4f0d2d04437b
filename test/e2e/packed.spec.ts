import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  createFreshApp,
  installFreshApp,
  startFreshApp,
  type FreshApp,
} from '../stack/createFreshApp.ts';
import { packPlugins } from '../stack/packPlugins.ts';
import { temporaryFolder } from '../stack/paths.ts';
import { startMlflow, type Mlflow } from '../stack/startMlflow.ts';
import { followReadme } from './support/followReadme.ts';
import { MlflowOracle } from './support/MlflowOracle.ts';
import { entityTab, watchForErrors } from './support/pages.ts';

const MODEL = 'packed-and-installed';

let folder: string;
let mlflow: Mlflow;
let app: FreshApp;

test.beforeAll(async () => {
  test.setTimeout(900_000);
  folder = temporaryFolder('packed');
  const tarballFolder = join(folder, 'tarballs');
  mkdirSync(tarballFolder);
  const tarballs = await packPlugins(tarballFolder);
  mlflow = await startMlflow({ venv: 'mlflow3' });
  await register(mlflow.url);
  // outside the repository, so that nothing is found by accident in our node_modules
  const appFolder = join(folder, 'app');
  await createFreshApp(appFolder);
  followReadme(appFolder, { tarballs, mlflowUrl: mlflow.url });
  await installFreshApp(appFolder);
  app = await startFreshApp(appFolder);
});

test.afterAll(async () => {
  test.setTimeout(120_000);
  await app?.running.stop();
  await mlflow?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a fresh Backstage app with the packed plugins, added as the README says, shows models', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const errors = watchForErrors(page);
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Enter' }).click({ timeout: 120_000 });
  await page
    .getByRole('link', { name: 'Models', exact: true })
    .first()
    .click({ timeout: 60_000 });
  const link = page
    .getByRole('table', { name: 'Models' })
    .getByRole('link', { name: MODEL });
  await expect(async () => {
    await page.reload();
    await expect(link).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 120_000 });

  await expect(async () => {
    // the catalog takes a moment longer than the list
    await page.goto(`${app.url}/models`);
    await link.click();
    await expect(entityTab(page, 'Versions')).toBeVisible({
      timeout: 10_000,
    });
  }).toPass({ timeout: 120_000 });
  await expect(
    page
      .getByRole('region', { name: 'What it is for' })
      .getByText('Shows that packages work'),
  ).toBeVisible();
  await entityTab(page, 'Versions').click();
  const versions = page.getByRole('table', { name: `Versions of ${MODEL}` });
  await expect(versions).toContainText('champion');
  await versions.getByRole('link', { name: '1', exact: true }).click();
  await expect(
    page.getByRole('table', { name: /^Measurements of version/ }),
  ).toContainText('0.875');
  // read by a worker, which finds its files in the package
  await expect(
    page
      .getByRole('region', { name: 'Evidence', exact: true })
      .getByRole('row', { name: /^card/ }),
  ).toContainText(/card\/\d/);

  await entityTab(page, 'Lineage').click();
  // laid out by a worker, which the app's bundler finds in the package
  const graph = page.getByRole('application', { name: /^Lineage of/ });
  await expect(graph).toContainText(`${MODEL} @ 1`);

  await page.goto(`${app.url}/models/sources`);
  await expect(page.getByText('up to date')).toBeVisible();
  expect(errors).toEqual([]);
});

/** One model with one version and its run, by MLflow's own API. */
async function register(url: string): Promise<void> {
  const oracle = new MlflowOracle(url);
  const { run } = await oracle.change('POST', 'runs/create', {
    experiment_id: '0',
    run_name: MODEL,
  });
  const { info } = JSON.parse(JSON.stringify(run));
  await oracle.change('POST', 'runs/log-metric', {
    run_id: info.run_id,
    key: 'roc_auc',
    value: 0.875,
    timestamp: Date.now(),
  });
  const [, path] = /^mlflow-artifacts:\/+(.*)$/.exec(info.artifact_uri) ?? [];
  const put = await fetch(
    `${url}/api/2.0/mlflow-artifacts/artifacts/${path}/model/README.md`,
    { method: 'PUT', body: '# Card\n\n## Intended use\n\nTests.\n' },
  );
  expect(put.status).toBe(200);
  await oracle.change('POST', 'runs/update', {
    run_id: info.run_id,
    status: 'FINISHED',
    end_time: Date.now(),
  });
  await oracle.change('POST', 'registered-models/create', {
    name: MODEL,
    description: 'Shows that packages work.',
  });
  await oracle.change('POST', 'model-versions/create', {
    name: MODEL,
    source: `${info.artifact_uri}/model`,
    run_id: info.run_id,
  });
  await oracle.change('POST', 'registered-models/alias', {
    name: MODEL,
    alias: 'champion',
    version: '1',
  });
}
