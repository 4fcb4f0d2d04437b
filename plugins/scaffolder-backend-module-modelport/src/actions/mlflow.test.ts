import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { FakeMlflow, fakeMlflow } from '../__testUtils__/fakeMlflow';
import { runAction } from '../__testUtils__/runAction';
import { createExperimentEnsureAction } from './createExperimentEnsureAction';
import { createRegistryEnsureAction } from './createRegistryEnsureAction';
import { createTaskCleanupAction } from './createTaskCleanupAction';

const withMlflow = mockServices.rootConfig({
  data: {
    modelport: {
      sources: {
        mlflow: {
          off: { enabled: false, url: 'http://off.test' },
          mlflow: {
            url: 'http://mlflow.test/',
            auth: { type: 'basic', username: 'ada', password: 'secret' },
          },
        },
      },
    },
  },
});
const without = mockServices.rootConfig({ data: {} });

describe('the actions on MLflow', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let state: FakeMlflow;

  beforeEach(() => {
    state = {
      models: new Map(),
      experiments: new Map(),
      used: new Set(),
      authorization: null,
    };
    server.use(...fakeMlflow(state));
  });

  const registry = createRegistryEnsureAction({ config: withMlflow });
  const experiment = createExperimentEnsureAction({ config: withMlflow });
  const cleanup = (config = withMlflow) =>
    createTaskCleanupAction({
      auth: mockServices.auth(),
      catalog: catalogServiceMock.mock(),
      config,
      discovery: mockServices.discovery(),
      integrations: ScmIntegrations.fromConfig(config),
    });

  it('register a model once, signed in as the source is', async () => {
    const input = { name: 'credit', tags: { task: 'binary' } };
    const first = await runAction(registry, input);
    expect(first.output).toEqual({ source: 'mlflow', created: true });
    expect(first.checkpoints).toEqual(['model.credit']);
    expect(state.models.get('credit')).toEqual([
      { key: 'task', value: 'binary' },
      { key: 'modelport.task', value: 'task-1' },
    ]);
    expect(state.authorization).toBe(
      `Basic ${Buffer.from('ada:secret').toString('base64')}`,
    );
    const again = await runAction(registry, { ...input, fresh: true });
    expect(again.output).toEqual({ source: 'mlflow', created: true });
  });

  it('take the model of somebody else only where that is meant', async () => {
    state.models.set('taken', [{ key: 'modelport.task', value: 'another' }]);
    const input = { name: 'taken' };
    const { output } = await runAction(registry, input);
    expect(output.created).toBe(false);
    const fresh = { ...input, fresh: true };
    await expect(runAction(registry, fresh)).rejects.toThrow('taken meanwhile');
  });

  it('make an experiment once', async () => {
    const first = await runAction(experiment, { name: 'credit' });
    expect(first.output).toEqual({ experimentId: '7', created: true });
    const again = await runAction(experiment, { name: 'credit' });
    expect(again.output).toEqual({ experimentId: 'credit', created: false });
  });

  it('do nothing in a dry run, and where there is no MLflow', async () => {
    const dry = await runAction(
      registry,
      { name: 'credit' },
      { isDryRun: true },
    );
    expect(dry.output.created).toBe(false);
    for (const action of [
      createRegistryEnsureAction({ config: without }),
      createExperimentEnsureAction({ config: without }),
    ]) {
      const { output } = await runAction(action, { name: 'credit' });
      expect(output).toEqual({ created: false });
    }
    expect(state.models.size + state.experiments.size).toBe(0);
  });

  it('say what to do where MLflow is not there or refuses', async () => {
    server.use(
      http.post('*/registered-models/create', () => HttpResponse.error()),
    );
    await expect(runAction(registry, { name: 'credit' })).rejects.toThrow(
      'does not answer; nothing was registered by this step',
    );
    server.use(
      http.post('*/registered-models/create', () =>
        HttpResponse.text('no', { status: 403 }),
      ),
    );
    await expect(runAction(registry, { name: 'credit' })).rejects.toThrow(
      '403',
    );
  });

  it('clean up what this task made, and nothing else', async () => {
    state.models.set('of-another', [{ key: 'modelport.task', value: 'x' }]);
    const { workspacePath } = await runAction(registry, { name: 'credit' });
    const more = { workspacePath };
    await runAction(registry, { name: 'of-another' }, more);
    await runAction(experiment, { name: 'credit' }, more);
    await runAction(experiment, { name: 'used' }, more);
    state.used.add('used');

    const { output } = await runAction(cleanup(), {}, more);
    expect(output).toEqual({
      removed: ['the registered model credit', 'the experiment credit'],
      left: ['the experiment used'],
    });
    expect([...state.models.keys()]).toEqual(['of-another']);
    expect([...state.experiments.keys()]).toEqual(['used']);
    const again = await runAction(cleanup(), {}, more);
    expect(again.output).toEqual({ removed: [], left: [] });
  });

  it('tell what is left where cleaning up fails too', async () => {
    const { workspacePath } = await runAction(registry, { name: 'credit' });
    server.use(http.get('*/registered-models/get', () => HttpResponse.error()));
    const { output } = await runAction(cleanup(), {}, { workspacePath });
    expect(output.left).toEqual(['the registered model credit']);
  });
});
