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
import { createExperimentEnsureAction } from './createExperimentEnsureAction';

describe('modelport:experiment:ensure', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const action = createExperimentEnsureAction({ config: WITH_MLFLOW });
  let state = emptyMlflow();

  beforeEach(() => {
    state = emptyMlflow();
    server.use(...fakeMlflow(state));
  });

  it('makes an experiment once, and knows again that it made it', async () => {
    const input = { name: 'credit', tags: { team: 'risk' } };
    const first = await runAction(action, input);
    expect(first.output).toEqual({ experimentId: 'credit', created: true });
    expect(state.experiments.get('credit')).toEqual([
      { key: 'team', value: 'risk' },
      { key: 'modelport.task', value: 'task-1' },
    ]);
    const again = await runAction(action, input, { kept: first.kept });
    expect(again.output).toEqual({ experimentId: 'credit', created: true });
  });

  it('takes one that was there', async () => {
    state.experiments.set('credit', []);
    const { output } = await runAction(action, { name: 'credit' });
    expect(output).toEqual({ experimentId: 'credit', created: false });
  });

  it('refuses one that was deleted, in which no training could run', async () => {
    state.experiments.set('credit', []);
    state.deleted.add('credit');
    await expect(runAction(action, { name: 'credit' })).rejects.toThrow(
      /keeps a deleted experiment 'credit'.*Restore it there.*another name/,
    );
  });

  it('makes nothing in a dry run, and does nothing where there is no MLflow', async () => {
    const input = { name: 'credit' };
    const without = createExperimentEnsureAction({ config: WITHOUT_MLFLOW });
    for (const { output } of [
      await runAction(action, input, { isDryRun: true }),
      await runAction(without, input),
    ]) {
      expect(output).toEqual({ created: false });
    }
    expect(state.experiments.size).toBe(0);
  });

  it('says so where MLflow does not answer', async () => {
    server.use(http.post('*/experiments/create', () => HttpResponse.error()));
    await expect(runAction(action, { name: 'credit' })).rejects.toThrow(
      'MLflow at http://mlflow.test does not answer',
    );
  });
});
