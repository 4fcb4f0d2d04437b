import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runAction } from '../__testUtils__/runAction';
import { createPolicyCreateAction } from './createPolicyCreateAction';

describe('modelport:policy:create', () => {
  const action = createPolicyCreateAction();

  it('writes gates as the training reads them', async () => {
    const { workspacePath, output } = await runAction(action, {
      targetPath: 'repository',
      gates: [{ metric: 'test_roc_auc', rule: 'at_least', value: 0.8 }],
      approvers: ['model-risk'],
      rollout: 'canary',
    });
    expect(output).toEqual({ file: 'conf/gates.yaml' });
    const file = join(workspacePath, 'repository', 'conf/gates.yaml');
    expect(parse(readFileSync(file, 'utf8'))).toEqual({
      gates: [{ metric: 'test_roc_auc', at_least: 0.8 }],
      approvers: ['group:default/model-risk'],
      rollout: 'canary',
    });
  });

  it('takes no metric that is no name', async () => {
    await expect(
      runAction(action, {
        gates: [{ metric: 'a: b', rule: 'at_most', value: 1 }],
      }),
    ).rejects.toThrow('no name of a metric');
  });
});
