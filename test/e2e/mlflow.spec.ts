import { createHmac, randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { startGate } from '../stack/startGate.ts';
import { startPortal } from '../stack/startPortal.ts';
import { waitFor } from '../stack/waitFor.ts';
import { compareWithMlflow } from './support/compareWithMlflow.ts';
import {
  entityTab,
  openModel,
  openModels,
  searchModels,
  signIn,
  watchForErrors,
} from './support/pages.ts';
import { modelPath, PortalApi } from './support/PortalApi.ts';
import {
  startRegistryStack,
  WEBHOOK_SECRET,
  type RegistryStack,
} from './support/registryStack.ts';
import { readSource, syncNow, waitForFirstPass } from './support/sync.ts';

let stack: RegistryStack;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  stack = await startRegistryStack('mlflow3');
});

test.afterAll(async () => {
  await stack?.stop();
});

test('everything that MLflow 3 says, the API says', async () => {
  test.setTimeout(180_000);
  const compared = await compareWithMlflow(stack.api, stack.oracle, 'mlflow');
  expect(stack.trained.mlflow).toMatch(/^3\./);
  expect(compared.models).toBeGreaterThanOrEqual(20);
  expect(compared.versions).toBeGreaterThanOrEqual(24);
  expect(compared.metrics).toBeGreaterThanOrEqual(50);
  expect(compared.points).toBeGreaterThanOrEqual(200);
  expect(compared.signatures).toBe(8);
});

test('the demo registry is off, and the source is told with its counts', async () => {
  const { items } = await stack.api.read<{ items: Array<{ id: string }> }>(
    'sources',
  );
  expect(items.map(source => source.id)).toEqual(['mlflow']);
  expect(await readSource(stack.api, 'mlflow')).toMatchObject({
    kind: 'mlflow',
    state: 'ok',
    errors: [],
    models: (await stack.oracle.models()).length,
    versions: (await stack.oracle.versions()).length,
  });
});

test('an owner that the catalog does not know is not invented', async () => {
  const { api, trained } = stack;
  expect(await api.read(modelPath('mlflow', trained.multiclass))).toMatchObject(
    { owner: null, ownerTag: 'team-nobody-knows' },
  );
  expect(await api.read(modelPath('mlflow', trained.noVersions))).toMatchObject(
    { owner: 'user:default/ada', ownerTag: 'user:default/ada' },
  );
});

test('no winner is called where versions were not measured on the same rows', async () => {
  const { api, trained } = stack;
  const path = modelPath('mlflow', trained.binary, 'compare');
  const same = await api.read<ApiComparison>(`${path}?versions=1,2`);
  const other = await api.read<ApiComparison>(`${path}?versions=1,4`);
  const auc = (comparison: ApiComparison) =>
    comparison.metrics.find(metric => metric.key === 'roc_auc')?.values[1];
  expect(auc(same)?.comparability).toBe('same');
  expect(auc(other)).toMatchObject({
    comparability: 'different',
    better: null,
  });
});

test('a pass over an unchanged registry changes nothing', async () => {
  const { api } = stack;
  const ask = async () => {
    const { items } = await api.read<{ items: object[] }>('models?limit=500');
    return items.map(model => ({ ...model, syncedAt: null }));
  };
  const before = await ask();
  await syncNow(api, 'mlflow');
  expect(await ask()).toEqual(before);
});

test('an alias that moves and a tag that changes arrive', async () => {
  const { api, oracle, trained } = stack;
  const name = trained.regression;
  await oracle.change('POST', 'registered-models/alias', {
    name,
    alias: 'champion',
    version: '1',
  });
  await oracle.change('POST', 'registered-models/set-tag', {
    name,
    key: 'reviewed',
    value: 'yes',
  });
  await syncNow(api, 'mlflow');
  expect(await api.read(modelPath('mlflow', name))).toMatchObject({
    aliases: { champion: '1' },
    tags: { reviewed: 'yes' },
    environments: [{ environment: 'production', version: '1' }],
  });
  const { items } = await api.read<{ items: Array<{ kind: string }> }>(
    modelPath('mlflow', name, 'activity'),
  );
  expect(items[0]).toMatchObject({
    kind: 'alias-changed',
    detail: { alias: 'champion', from: '2', to: '1' },
  });
});

test('a new version arrives with its run', async () => {
  const { api, oracle, trained } = stack;
  const name = trained.multiclass;
  const versions = await oracle.versions();
  const newest = versions.find(
    version => version.name === name && version.version === '2',
  );
  await oracle.change('POST', 'model-versions/create', {
    name,
    source: newest?.source,
    // MLflow 3 wants to be told what the address says already
    model_id: newest?.source?.replace('models:/', ''),
    run_id: newest?.run_id,
    description: 'The same again',
  });
  await syncNow(api, 'mlflow');
  const [second, third] = await Promise.all(
    ['2', '3'].map(version =>
      api.read<{ metrics: object; description: string }>(
        modelPath('mlflow', name, 'versions', version),
      ),
    ),
  );
  expect(third.description).toBe('The same again');
  expect(Object.keys(third.metrics).length).toBeGreaterThan(3);
  expect(third.metrics).toEqual(second.metrics);
  expect(await api.read(modelPath('mlflow', name))).toMatchObject({
    latestVersion: '3',
    versionCount: 3,
  });
});

test('a model that was deleted is retired, from the catalog too', async () => {
  const { api, oracle, portal } = stack;
  const name = 'soon-deleted';
  await oracle.change('POST', 'registered-models/create', { name });
  await syncNow(api, 'mlflow');
  const { entityRef } = await api.read<{ entityRef: string }>(
    modelPath('mlflow', name),
  );
  const entity = async () => {
    const [kind, namespace, entityName] = entityRef.split(/[:/]/);
    const response = await fetch(
      `${portal.backendUrl}/api/catalog/entities/by-name/${kind}/${namespace}/${entityName}`,
      { headers: { authorization: `Bearer ${portal.token}` } },
    );
    return response.status;
  };
  await waitFor('the entity to appear', async () => (await entity()) === 200, {
    deadlineMs: 60_000,
    everyMs: 250,
  });
  await oracle.change('DELETE', 'registered-models/delete', { name });
  await syncNow(api, 'mlflow');
  expect((await api.get(modelPath('mlflow', name))).status).toBe(404);
  await waitFor('the entity to go', async () => (await entity()) === 404, {
    deadlineMs: 60_000,
    everyMs: 250,
  });
});

test.describe('a webhook', () => {
  const deliver = async (
    body: string,
    options: { secret: string; at?: number },
  ) => {
    const id = randomUUID();
    const timestamp = String(options.at ?? Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', options.secret)
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
    const response = await fetch(
      `${stack.portal.backendUrl}/api/modelport/v1/webhooks/mlflow`,
      {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-mlflow-delivery-id': id,
          'x-mlflow-timestamp': timestamp,
          'x-mlflow-signature': `v1,${signature}`,
        },
      },
    );
    return response.status;
  };
  const aliasSet = (name: string, alias: string, version: string) =>
    JSON.stringify({
      entity: 'model_version_alias',
      action: 'created',
      timestamp: new Date().toISOString(),
      data: { name, alias, version },
    });

  test('that is signed brings a change within seconds', async () => {
    const { api, oracle, trained } = stack;
    const name = trained.odd.emoji;
    await oracle.change('POST', 'registered-models/alias', {
      name,
      alias: 'told-by-webhook',
      version: '1',
    });
    const body = aliasSet(name, 'told-by-webhook', '1');
    expect(await deliver(body, { secret: WEBHOOK_SECRET })).toBe(202);
    await waitFor(
      'the alias',
      async () => {
        const model = await api.read<{ aliases: Record<string, string> }>(
          modelPath('mlflow', name),
        );
        return model.aliases['told-by-webhook'] === '1';
      },
      { deadlineMs: 10_000 },
    );
  });

  test('that is forged, or old, is refused', async () => {
    const body = aliasSet(stack.trained.binary, 'champion', '1');
    expect(await deliver(body, { secret: 'another-secret' })).toBe(401);
    const yesterday = Math.floor(Date.now() / 1000) - 86_400;
    expect(await deliver(body, { secret: WEBHOOK_SECRET, at: yesterday })).toBe(
      401,
    );
  });
});

test.describe('in the pages', () => {
  const openFound = async (page: Page, name: string) => {
    await openModels(page);
    await searchModels(page, name);
    await openModel(page, name);
  };

  test('Markdown is shown, and what is hostile does nothing', async ({
    page,
  }) => {
    test.setTimeout(120_000);
    const errors = watchForErrors(page);
    await signIn(page, stack.portal.url);
    await openFound(page, stack.trained.binary);
    const purpose = page.getByRole('region', { name: 'What it is for' });
    await expect(
      purpose.getByRole('heading', {
        name: 'Which tumours need a second look',
      }),
    ).toBeVisible();
    await expect(purpose.getByText('adults only')).toBeVisible();
    await openFound(page, stack.trained.notFinite);
    await expect(purpose.getByText('hostile but harmless')).toBeVisible();
    expect(await page.evaluate(() => '__hostile' in window)).toBe(false);
    await expect(page.locator('main a[href^="javascript:"]')).toHaveCount(0);
    expect(errors).toEqual([]);
  });

  test('NaN and infinities are shown as such', async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, stack.portal.url);
    await openFound(page, stack.trained.notFinite);
    await entityTab(page, 'Versions').click();
    await page
      .getByRole('table', { name: /^Versions of/ })
      .getByRole('link', { name: '1', exact: true })
      .click();
    const row = (metric: string) =>
      page
        .getByRole('table', { name: /^Measurements of version/ })
        .getByRole('row')
        .filter({ hasText: metric });
    await expect(row('nan_metric')).toContainText('NaN');
    await expect(row('negative_inf_metric')).toContainText(/[-−](∞|Infinity)/);
    await expect(row('zero_metric')).toContainText('0');
  });

  test('odd names are found and opened', async ({ page }) => {
    test.setTimeout(240_000);
    const errors = watchForErrors(page);
    await signIn(page, stack.portal.url);
    for (const name of Object.values(stack.trained.odd)) {
      await openFound(page, name);
      await entityTab(page, 'Versions').click();
      await expect(
        page.getByRole('table', { name: /^Versions of/ }),
      ).toContainText('champion');
    }
    expect(errors).toEqual([]);
  });

  test('a model without versions says how to add one', async ({ page }) => {
    await signIn(page, stack.portal.url);
    await openFound(page, stack.trained.noVersions);
    await entityTab(page, 'Versions').click();
    await expect(page.getByText('No versions yet')).toBeVisible();
  });
});

test('while MLflow is down, pages and API stay, and say why they are old', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const { api, mlflow, portal, trained } = stack;
  const path = modelPath('mlflow', trained.binary);
  const before = await api.read<{ metrics: object }>(`${path}/versions/3`);
  await signIn(page, portal.url);
  await mlflow.pause();
  try {
    await api.post('sources/mlflow/sync', {});
    const source = await waitFor(
      'the source to fail',
      async () => {
        const now = await readSource(api, 'mlflow');
        return now?.state === 'failing' ? now : undefined;
      },
      { deadlineMs: 120_000, everyMs: 250 },
    );
    expect(source.errors.length).toBeGreaterThan(0);
    const cause = source.errors[0].message;
    expect(cause).toMatch(/refused|reach|connect/i);
    expect(source.lastSuccessAt).toBeTruthy();

    const after = await api.read<{ stale: boolean; metrics: object }>(
      `${path}/versions/3`,
    );
    expect(after.stale).toBe(true);
    expect(after.metrics).toEqual(before.metrics);
    expect((await api.readAll('models')).length).toBe(source.models);

    await page.reload();
    await expect(
      page.getByText(/The source mlflow cannot be read at present/),
    ).toBeVisible();
    await openFoundWhileDown(page, trained.binary);
    await page.goto(`${portal.url}/models/sources`);
    await expect(page.getByText('failing')).toBeVisible();
    await expect(page.getByText(cause).first()).toBeVisible();
  } finally {
    await mlflow.startAgain();
  }
  expect(await syncNow(api, 'mlflow')).toMatchObject({
    state: 'ok',
    errors: [],
  });
  expect(await api.read(path)).toMatchObject({ stale: false });
});

test('a restart keeps the data', async () => {
  test.setTimeout(240_000);
  const { api, mlflow, portal, trained } = stack;
  const path = modelPath('mlflow', trained.binary, 'versions', '3');
  const before = await api.read<{ metrics: object }>(path);
  await portal.pause();
  await mlflow.pause();
  try {
    await portal.startAgain();
    const after = await new PortalApi(portal.backendUrl, portal.token).read<{
      metrics: object;
    }>(path);
    expect(after.metrics).toEqual(before.metrics);
  } finally {
    await mlflow.startAgain();
  }
});

test('killed in the middle of its first pass, the portal goes on after a restart and doubles nothing', async () => {
  test.setTimeout(300_000);
  const gate = await startGate(stack.mlflow.url);
  gate.holdAfter(0, 'model-versions/search');
  const portal = await startPortal({
    mlflowUrl: gate.url,
    syncTimeout: '15s',
  });
  const api = new PortalApi(portal.backendUrl, portal.token);
  try {
    await waitFor('the pass to reach the versions', () => gate.held() > 0, {
      deadlineMs: 60_000,
    });
    await portal.kill();
    gate.open();
    await portal.startAgain();
    const source = await waitForFirstPass(api, 'mlflow');
    expect(source).toMatchObject({
      state: 'ok',
      models: (await stack.oracle.models()).length,
      versions: (await stack.oracle.versions()).length,
    });
    await compareWithMlflow(api, stack.oracle, 'mlflow');
  } finally {
    await portal.stop();
    await gate.stop();
  }
});

async function openFoundWhileDown(page: Page, name: string): Promise<void> {
  await searchModels(page, name);
  await openModel(page, name);
  await entityTab(page, 'Versions').click();
  await expect(
    page.getByRole('table', { name: /^Versions of/ }).getByRole('row'),
  ).toHaveCount(5);
}

interface ApiComparison {
  metrics: Array<{
    key: string;
    values: Array<{ comparability: string; better: boolean | null }>;
  }>;
}
