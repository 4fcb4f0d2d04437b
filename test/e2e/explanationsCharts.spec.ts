import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { ROOT } from '../stack/paths.ts';
import { test } from './support/demoPortal.ts';
import { signIn } from './support/pages.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';
import { waitForExplanations } from './support/waitForExplanations.ts';

const MODEL = 'german-credit-risk';
const MULTICLASS = 'digits-recognizer';
/** SHAP values of a model of three classes, as XGBoost gave them. */
const RECORDED = join(
  ROOT,
  'plugins/modelport-backend/src/explanations/__fixtures__/trees/xgboost-multiclass.json',
);
const CLASSES = ['low', 'middle', 'high'];

const SIZE = { width: 960, height: 1600 };

interface Recorded {
  features: string[];
  rows: Array<Array<number | null>>;
  pathDependent: number[][][];
  baseValues: number[];
  margins: number[][];
}

/** Explains the newest version of a model of the demo with the recorded rows of three classes. */
async function pushMulticlass(api: PortalApi): Promise<string> {
  const { latestVersion } = await api.read<{ latestVersion: string }>(
    modelPath('demo', MULTICLASS),
  );
  const recorded: Recorded = JSON.parse(readFileSync(RECORDED, 'utf8'));
  const pushed = await api.post(
    modelPath('demo', MULTICLASS, 'versions', latestVersion, 'evidence'),
    {
      kind: 'explanation',
      schemaVersion: 1,
      producer: { name: 'xgboost pred_contribs', version: '3.2.0' },
      producedAt: '2026-11-01T00:00:00.000Z',
      body: {
        explains: { output: 'margin', calibrated: false, link: 'softmax' },
        perturbation: 'path-dependent',
        features: recorded.features.map(name => ({ name })),
        classes: CLASSES,
        rows: recorded.rows.map((values, place) => ({
          id: `r${place}`,
          values,
          baseValue: recorded.baseValues,
          output: recorded.margins[place],
          contributions: recorded.pathDependent[place],
        })),
      },
    },
  );
  expect([200, 201], JSON.stringify(pushed.body)).toContain(pushed.status);
  return latestVersion;
}

/** Goes to the explanations of a model, and waits until nothing of them is loading. */
async function openExplanations(
  page: Page,
  url: string,
  model: string,
  query: Record<string, string>,
): Promise<void> {
  await page.goto(
    `${url}/catalog/default/resource/${model}/explanations?${new URLSearchParams(
      query,
    )}`,
  );
  await expect(page.getByText(/From the base value/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.locator('canvas')).toHaveCount(2);
  await expect(page.locator('[class*=MuiSkeleton-root]')).toHaveCount(0);
  await page.mouse.move(0, 0);
}

/** Holds a chart against its picture in `references`. */
async function compare(chart: Locator, name: string): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  await expect.soft(chart).toHaveScreenshot(`${name}.png`);
}

for (const name of ['light', 'dark'] as const) {
  test(`explanations: every chart is as in its picture, ${name}`, async ({
    page,
    demoPortal,
  }) => {
    test.setTimeout(360_000);
    const { url, backendUrl, token } = demoPortal;
    const api = new PortalApi(backendUrl, token);
    await waitForExplanations(api, MODEL, ['1', '2']);
    await page.emulateMedia({ colorScheme: name });
    await signIn(page, url);
    await page.setViewportSize(SIZE);
    const named = (words: RegExp) => page.getByRole('figure', { name: words });
    const inRegion = (region: string) =>
      page.getByRole('region', { name: region }).getByRole('figure');

    await openExplanations(page, url, MODEL, { row: '1' });
    await page.getByRole('button', { name: 'Start from row 1' }).click();
    await compare(named(/over 1,000 rows, in margin/), `importance-${name}`);
    await compare(named(/one mark each/), `beeswarm-${name}`);
    await compare(named(/coloured by/), `dependence-${name}`);
    await compare(inRegion('One row'), `waterfall-${name}`);
    await compare(named(/explained versions/), `trace-${name}`);
    await compare(inRegion('What if'), `what-if-${name}`);

    await openExplanations(page, url, MODEL, {
      row: '1',
      grouped: 'yes',
      axis: 'probability',
    });
    await compare(named(/one mark each/), `beeswarm-grouped-${name}`);
    await compare(inRegion('One row'), `waterfall-probability-${name}`);

    const version = await pushMulticlass(api);
    await openExplanations(page, url, MULTICLASS, {
      version,
      class: 'middle',
      row: 'r3',
    });
    await expect(page.getByLabel('Class')).toHaveValue('middle');
    await compare(
      named(/over 15 rows, in margin of middle/),
      `multiclass-importance-${name}`,
    );
    await compare(named(/one mark each/), `multiclass-beeswarm-${name}`);
    await compare(inRegion('One row'), `multiclass-waterfall-${name}`);
  });
}
