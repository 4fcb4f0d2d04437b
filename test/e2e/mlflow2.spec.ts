import { expect, test } from '@playwright/test';
import { compareWithMlflow } from './support/compareWithMlflow.ts';
import { modelPath } from './support/PortalApi.ts';
import {
  startRegistryStack,
  type RegistryStack,
} from './support/registryStack.ts';
import { syncNow } from './support/sync.ts';

let stack: RegistryStack;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  stack = await startRegistryStack('mlflow2');
});

test.afterAll(async () => {
  await stack?.stop();
});

test('everything that MLflow 2 says, the API says', async () => {
  test.setTimeout(180_000);
  const compared = await compareWithMlflow(stack.api, stack.oracle, 'mlflow');
  expect(stack.trained.mlflow).toMatch(/^2\./);
  expect(compared.models).toBeGreaterThanOrEqual(20);
  expect(compared.versions).toBeGreaterThanOrEqual(24);
  expect(compared.metrics).toBeGreaterThanOrEqual(50);
  expect(compared.points).toBeGreaterThanOrEqual(200);
  expect(compared.signatures).toBe(8);
});

test('a stage of an old server is an environment', async () => {
  const { api, oracle, trained } = stack;
  const name = trained.multiclass;
  await oracle.change('DELETE', 'registered-models/alias', {
    name,
    alias: 'champion',
  });
  await oracle.change('POST', 'model-versions/transition-stage', {
    name,
    version: '2',
    stage: 'Production',
    archive_existing_versions: false,
  });
  await syncNow(api, 'mlflow');
  expect(await api.read(modelPath('mlflow', name))).toMatchObject({
    environments: [{ environment: 'production', version: '2' }],
  });
  expect(
    await api.read(modelPath('mlflow', name, 'versions', '2')),
  ).toMatchObject({ stage: 'Production' });
});
