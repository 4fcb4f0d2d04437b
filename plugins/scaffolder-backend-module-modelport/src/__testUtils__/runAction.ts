import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What an action gave, and the checkpoints that it kept. */
export interface ActionRun {
  output: Record<string, unknown>;
  workspacePath: string;
  checkpoints: string[];
}

/** Runs an action in a workspace of its own, or in that of a run before, as the scaffolder does. */
export async function runAction<I extends JsonObject, O extends JsonObject>(
  action: TemplateAction<I, O, 'v2'>,
  input: I,
  options: { workspacePath?: string; isDryRun?: boolean } = {},
): Promise<ActionRun> {
  const output: Record<string, unknown> = {};
  const checkpoints: string[] = [];
  const workspacePath =
    options.workspacePath ?? mkdtempSync(join(tmpdir(), 'workspace-'));
  await action.handler({
    ...createMockActionContext<I, O>({ input }),
    workspacePath,
    isDryRun: options.isDryRun,
    task: { id: 'task-1' },
    async checkpoint({ key, fn }) {
      checkpoints.push(key);
      return fn();
    },
    output(name, value) {
      output[String(name)] = value;
    },
  });
  return { output, workspacePath, checkpoints };
}
