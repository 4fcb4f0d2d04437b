import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { mkdir } from 'node:fs/promises';
import { ANSWERS_FILE, TEMPLATE_VERSION } from '../templates';
import { readTree } from '../update/baseTree';
import { writeRecord } from '../update/writeRecord';
import { example } from './examples';

const ID = 'modelport:template:record';

/** Writes into the repository from which template and answers it came, so that it can be updated. */
export function createTemplateRecordAction() {
  return createTemplateAction({
    id: ID,
    description: `Writes ${ANSWERS_FILE}: template, its version, and the values it was rendered with, and beside it what the template made: from these modelport:template:update tells what the team changed. To be run right after the layers were rendered.`,
    supportsDryRun: true,
    examples: [
      example('Record the answers', ID, {
        targetPath: 'repository',
        values: { name: 'credit-risk', task: 'binary' },
      }),
    ],
    schema: {
      input: {
        targetPath: z =>
          z
            .string({
              description: 'Folder of the repository in the workspace',
            })
            .optional(),
        values: z =>
          z.record(z.any(), {
            description: 'Values from modelport:model:validate; no secrets',
          }),
      },
      output: {
        version: z => z.string({ description: 'Version of the template' }),
      },
    },
    async handler(ctx) {
      const folder = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.targetPath ?? '.',
      );
      await mkdir(folder, { recursive: true });
      await writeRecord(folder, {
        template:
          ctx.templateInfo?.entityRef ?? 'template:default/new-ml-model',
        values: ctx.input.values,
        tree: await readTree(folder),
      });
      ctx.output('version', TEMPLATE_VERSION);
    },
  });
}
