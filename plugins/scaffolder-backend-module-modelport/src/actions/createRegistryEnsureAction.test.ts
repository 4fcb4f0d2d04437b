import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  emptyMlflow,
  fakeMlflow,
  WITH_MLFLOW,
  WITHOUT_MLFLOW,
} from '../__testUtils__/fakeMlflow';
import { runAction } from '../__testUtils__/runAction';
import { createRegistryEnsureAction } from './createRegistryEnsureAction';

const CREATE = '*/registered-models/create';

describe('modelport:registry:ensure', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const action = createRegistryEnsureAction({ config: WITH_MLFLOW });
  let state = emptyMlflow();

  beforeEach(() => {
    state = emptyMlflow();
    server.use(...fakeMlflow(state));
  });

  it('registers a model once, signed in as the source is', async () => {
    const input = { name: 'credit', tags: { task: 'binary' }, fresh: true };
    const { output } = await runAction(action, input);
    expect(output).toEqual({ source: 'mlflow', created: true });
    expect(state.models.get('credit')).toEqual([
      { key: 'task', value: 'binary' },
      { key: 'modelport.task', value: 'task-1' },
    ]);
    expect(state.authorization).toBe(
      `Basic ${Buffer.from('ada:secret').toString('base64')}`,
    );
  });

  it('knows again what it made when the task is tried again, and makes again what was cleaned up', async () => {
    const input = { name: 'credit', fresh: true };
    const { kept } = await runAction(action, input);
    const again = await runAction(action, input, { kept });
    expect(again.output).toEqual({ source: 'mlflow', created: true });
    expect([...state.models.keys()]).toEqual(['credit']);
    state.models.clear();
    await runAction(action, input, { kept });
    expect([...state.models.keys()]).toEqual(['credit']);
  });

  it('takes the model of somebody else only where that is meant', async () => {
    state.models.set('taken', [{ key: 'modelport.task', value: 'another' }]);
    const input = { name: 'taken' };
    const { output } = await runAction(action, input);
    expect(output.created).toBe(false);
    const fresh = { ...input, fresh: true };
    await expect(runAction(action, fresh)).rejects.toThrow('taken meanwhile');
  });

  it('makes nothing in a dry run, and does nothing where there is no MLflow', async () => {
    const input = { name: 'credit' };
    const dry = await runAction(action, input, { isDryRun: true });
    expect(dry.output).toEqual({ source: 'mlflow', created: false });
    const without = createRegistryEnsureAction({ config: WITHOUT_MLFLOW });
    const { output } = await runAction(without, input);
    expect(output).toEqual({ created: false });
    expect(state.models.size).toBe(0);
  });

  it('says what to do where MLflow is not there, and why where it refuses', async () => {
    server.use(http.post(CREATE, () => HttpResponse.error()));
    await expect(runAction(action, { name: 'credit' })).rejects.toThrow(
      'does not answer; nothing was registered by this step',
    );
    server.use(
      http.post(CREATE, () =>
        HttpResponse.json(
          { error_code: 'PERMISSION_DENIED', message: 'Ada may only read' },
          { status: 403 },
        ),
      ),
    );
    await expect(runAction(action, { name: 'credit' })).rejects.toThrow(
      'was refused with 403: Ada may only read',
    );
  });
});
