import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { example } from './examples';

const ID = 'modelport:monitor:configure';
const FILE = 'conf/monitoring.yaml';

/** Writes what is watched of a model, and from where on it is an alert. */
export function createMonitorConfigureAction() {
  return createTemplateAction({
    id: ID,
    description: `Writes ${FILE}: from which population stability index on a column warns and alerts, how many rows a window needs, and what the service has to keep to.`,
    supportsDryRun: true,
    examples: [
      example('Watch closely', ID, {
        targetPath: 'repository',
        warning: 0.05,
        alert: 0.1,
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
        warning: z =>
          z
            .number({ description: 'PSI that warns; 0.1 if absent' })
            .positive()
            .optional(),
        alert: z =>
          z
            .number({ description: 'PSI that alerts; 0.2 if absent' })
            .positive()
            .optional(),
        minimumRows: z =>
          z
            .number({ description: 'Rows of a window; 200 if absent' })
            .int()
            .positive()
            .optional(),
        p95Milliseconds: z =>
          z
            .number({ description: 'Latency of 95 % of the requests; 50' })
            .positive()
            .optional(),
        fallbackShare: z =>
          z
            .number({ description: 'Share of answers by the fallback; 0.01' })
            .min(0)
            .max(1)
            .optional(),
      },
      output: {
        file: z => z.string({ description: 'Path of the file' }),
      },
    },
    async handler(ctx) {
      const { warning = 0.1, alert = 0.2, minimumRows = 200 } = ctx.input;
      if (warning > alert) {
        throw new InputError(
          `warning: expected at most the alert, ${alert}; found ${warning}`,
        );
      }
      const file = resolveSafeChildPath(
        resolveSafeChildPath(ctx.workspacePath, ctx.input.targetPath ?? '.'),
        FILE,
      );
      await mkdir(dirname(file), { recursive: true });
      await writeFile(
        file,
        `# PSI with the natural logarithm, zero shares floored at 1e-4; edges are the training data's deciles.\n${stringify(
          {
            drift: {
              statistic: 'psi',
              warning,
              alert,
              minimum_rows: minimumRows,
            },
            service: {
              p95_ms: ctx.input.p95Milliseconds ?? 50,
              fallback_share: ctx.input.fallbackShare ?? 0.01,
            },
          },
        )}`,
      );
      ctx.output('file', FILE);
    },
  });
}
