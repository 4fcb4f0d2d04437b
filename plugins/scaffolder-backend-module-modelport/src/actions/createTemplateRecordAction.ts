import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { ANSWERS_FILE, TEMPLATE_VERSION } from '../templates';
import { example } from './examples';

const ID = 'modelport:template:record';

/** Writes into the repository from which template and answers it came, so that it can be updated. */
export function createTemplateRecordAction() {
  return createTemplateAction({
    id: ID,
    description: `Writes ${ANSWERS_FILE}: template, its version, and the values it was rendered with, from which modelport:template:update renders both versions.`,
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
      const file = resolveSafeChildPath(
        resolveSafeChildPath(ctx.workspacePath, ctx.input.targetPath ?? '.'),
        ANSWERS_FILE,
      );
      await mkdir(dirname(file), { recursive: true });
      await writeFile(
        file,
        `# From which template this repository came. The portal's updates need it as it is.\n${stringify(
          {
            template:
              ctx.templateInfo?.entityRef ?? 'template:default/new-ml-model',
            version: TEMPLATE_VERSION,
            values: ctx.input.values,
          },
          {
            lineWidth: 0,
            defaultStringType: 'QUOTE_DOUBLE',
            defaultKeyType: 'PLAIN',
          },
        )}`,
      );
      ctx.output('version', TEMPLATE_VERSION);
    },
  });
}
