import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runAction } from '../__testUtils__/runAction';
import { createTemplateRecordAction } from './createTemplateRecordAction';

describe('modelport:template:record', () => {
  const action = createTemplateRecordAction();

  it('writes what an update needs', async () => {
    const values = { name: 'credit', description: 'a: "b"\n- c', n: null };
    const { workspacePath, output } = await runAction(action, {
      targetPath: 'repository',
      values,
    });
    const file = join(workspacePath, 'repository', '.modelport/answers.yaml');
    expect(parse(readFileSync(file, 'utf8'))).toEqual({
      template: 'template:default/new-ml-model',
      version: output.version,
      values,
    });
  });

  it('stays in the workspace', async () => {
    await expect(
      runAction(action, { targetPath: '../elsewhere', values: {} }),
    ).rejects.toThrow(/outside|child path/);
  });
});
