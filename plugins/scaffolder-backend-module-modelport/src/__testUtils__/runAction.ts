import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject, JsonValue } from '@backstage/types';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What an action gave, and the checkpoints that it kept. */
export interface ActionRun {
  output: Record<string, unknown>;
  workspacePath: string;
  checkpoints: string[];
  /** What the task knows when it is tried again. */
  kept: Map<string, JsonValue>;
}

/** Runs an action in a workspace of its own, or in that of a run before, or once more, as the scaffolder does. */
export async function runAction<I extends JsonObject, O extends JsonObject>(
  action: TemplateAction<I, O, 'v2'>,
  input: I,
  options: {
    workspacePath?: string;
    isDryRun?: boolean;
    kept?: ActionRun['kept'];
  } = {},
): Promise<ActionRun> {
  const output: Record<string, unknown> = {};
  const checkpoints: string[] = [];
  const kept: ActionRun['kept'] = new Map(options.kept);
  const workspacePath =
    options.workspacePath ?? mkdtempSync(join(tmpdir(), 'workspace-'));
  await action.handler({
    ...createMockActionContext<I, O>({ input }),
    workspacePath,
    isDryRun: options.isDryRun,
    task: { id: 'task-1' },
    async checkpoint<T extends JsonValue | void>(of: {
      key: string;
      fn: () => Promise<T> | T;
    }): Promise<T> {
      checkpoints.push(of.key);
      if (kept.has(of.key)) {
        return kept.get(of.key) as T;
      }
      const value = await of.fn();
      kept.set(of.key, (value ?? null) as JsonValue);
      return value;
    },
    output(name, value) {
      output[String(name)] = value;
    },
  });
  return { output, workspacePath, checkpoints, kept };
}
