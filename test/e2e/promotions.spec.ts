import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT, temporaryFolder } from '../stack/paths.ts';
import { startOidc } from '../stack/startOidc.ts';
import { startMlflow } from '../stack/startMlflow.ts';
import { startPortal } from '../stack/startPortal.ts';
import { MlflowOracle } from './support/MlflowOracle.ts';
import { signIn } from './support/pages.ts';
import { registerVersions } from './support/registerVersions.ts';
import { takeScreenshots } from './support/takeScreenshots.ts';
import { waitForModel } from './support/waitForModel.ts';
import { walkPromotion } from './support/walkPromotion.ts';

/** Signs in at the organisation's own server, in the window that it opens. */
async function signInByOidc(
  page: Page,
  portalUrl: string,
  person: string,
): Promise<void> {
  await page.goto(portalUrl);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await popup.locator('input[name=login]').fill(person.toLowerCase());
  await popup.locator('input[name=password]').fill('any');
  await popup.getByRole('button', { name: 'Sign-in' }).click();
  await Promise.all([
    popup.waitForEvent('close'),
    popup.getByRole('button', { name: 'Continue' }).click(),
  ]);
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({
    timeout: 60_000,
  });
}

test('an author asks, a reviewer and a risk officer approve, the registry changes, and a rollback brings it back', async ({
  browser,
}) => {
  test.setTimeout(420_000);
  const registry = temporaryFolder('registry');
  cpSync(join(ROOT, 'examples/registry'), registry, { recursive: true });
  const portal = await startPortal({ registry });
  try {
    await waitForModel(portal, { source: 'demo', name: 'car-loan-default' });
    await walkPromotion(browser, portal, {
      model: 'car-loan-default',
      version: '4',
      live: '2',
      gate: {
        title: 'Main metric at most 0.01 worse than what is live',
        isWaived: false,
      },
      champion: async () =>
        /champion: "?(\d+)/.exec(
          readFileSync(
            join(registry, 'car-loan-default/modelport.yaml'),
            'utf8',
          ),
        )?.[1],
      signIn,
      picture: page =>
        takeScreenshots(
          page,
          'promotion',
          page.getByRole('region', { name: 'Gates' }).first(),
        ),
    });
  } finally {
    await portal.stop();
  }
});

test('the same at a real MLflow by people of an OpenID Connect server, where nobody knows who committed and that is waived', async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const model = 'churn';
  const oidc = await startOidc();
  const mlflow = await startMlflow({ venv: 'mlflow3' });
  const oracle = new MlflowOracle(mlflow.url);
  await registerVersions(oracle, {
    model,
    versions: 3,
    owner: 'group:default/risk-analytics',
    author: 'ada@example.org',
    champion: '2',
  });
  const portal = await startPortal({
    mlflowUrl: mlflow.url,
    config: ({ backendUrl }) => {
      oidc.allow(`${backendUrl}/api/auth/oidc/handler/frame`);
      return {
        modelport_promotions_commits: { required: true },
        auth_session_secret: 'a secret of the end-to-end tests',
        auth_providers_oidc_development: {
          metadataUrl: oidc.metadataUrl,
          clientId: oidc.client.id,
          clientSecret: oidc.client.secret,
          prompt: 'auto',
          signIn: {
            resolvers: [{ resolver: 'emailMatchingUserEntityProfileEmail' }],
          },
        },
      };
    },
  });
  try {
    await waitForModel(portal, { source: 'mlflow', name: model });
    await walkPromotion(browser, portal, {
      model,
      version: '3',
      live: '2',
      gate: { title: 'Who made the version is known', isWaived: true },
      champion: async () =>
        (await oracle.models())
          .find(({ name }) => name === model)
          ?.aliases?.find(({ alias }) => alias === 'champion')?.version,
      signIn: signInByOidc,
    });
  } finally {
    await portal.stop();
    await mlflow.stop();
    await oidc.stop();
  }
});
