import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { checkRepository } from '../repository/checkRepository';
import { example } from './examples';

const ID = 'modelport:repo:check';

/** Says how far a repository follows the standard. */
export function createRepoCheckAction() {
  return createTemplateAction({
    id: ID,
    description:
      'Checks how far a repository in the workspace follows the standard of ML repositories: what is missing or wrong, in which file, and what mends it. Runs nothing of the repository.',
    supportsDryRun: true,
    examples: [
      example('Check what was fetched', ID, { sourcePath: 'repository' }),
    ],
    schema: {
      input: {
        sourcePath: z =>
          z
            .string({
              description: 'Folder of the workspace; all of it if absent',
            })
            .optional(),
      },
      output: {
        findings: z =>
          z.array(
            z.object({
              check: z.string({ description: 'What was looked for' }),
              file: z.string({ description: 'The file that it is about' }),
              message: z.string({ description: 'What is wrong' }),
              fix: z.string({ description: 'What mends it' }),
            }),
            { description: 'What is missing or wrong; empty if nothing is' },
          ),
        score: z =>
          z.number({ description: 'Share of the checks that hold, 0 to 1' }),
      },
    },
    async handler(ctx) {
      const folder = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.sourcePath ?? '.',
      );
      const { findings, checks } = await checkRepository(folder);
      for (const { file, message, fix } of findings) {
        ctx.logger.warn(`${file}: ${message}. ${fix}`);
      }
      ctx.output('findings', findings);
      ctx.output('score', (checks - findings.length) / checks);
    },
  });
}
