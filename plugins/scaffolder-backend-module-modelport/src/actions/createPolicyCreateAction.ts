import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { example } from './examples';

const ID = 'modelport:policy:create';
const FILE = 'conf/gates.yaml';

/** Writes what a version has to reach, who approves it and how it goes live. */
export function createPolicyCreateAction() {
  return createTemplateAction({
    id: ID,
    description: `Writes ${FILE}: the gates that a training judges its version by, the groups that approve a promotion, and how a version goes live.`,
    supportsDryRun: true,
    examples: [
      example('Two gates and an approver', ID, {
        targetPath: 'repository',
        gates: [
          { metric: 'test_roc_auc', rule: 'at_least', value: 0.75 },
          { metric: 'test_ece', rule: 'at_most', value: 0.05 },
        ],
        approvers: ['group:default/model-risk'],
        rollout: 'canary',
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
        gates: z =>
          z
            .array(
              z.object({
                metric: z.string({ description: 'Name of the metric' }),
                rule: z.enum(['at_least', 'at_most'], {
                  description: 'Which side of the value is good',
                }),
                value: z.number({ description: 'The bound' }),
              }),
              { description: 'What a version has to reach' },
            )
            .min(1),
        approvers: z =>
          z
            .array(z.string(), { description: 'Groups that approve' })
            .optional(),
        rollout: z =>
          z
            .enum(['direct', 'canary', 'shadow', 'ab'], {
              description: 'How a version goes live; direct if absent',
            })
            .optional(),
      },
      output: {
        file: z => z.string({ description: 'Path of the file' }),
      },
    },
    async handler(ctx) {
      const { gates, approvers = [], rollout = 'direct' } = ctx.input;
      const wrong = gates.find(({ metric }) => !/^[\w.-]{1,100}$/.test(metric));
      if (wrong) {
        throw new InputError(
          `gates: '${wrong.metric.slice(0, 60)}' is no name of a metric`,
        );
      }
      const file = resolveSafeChildPath(
        resolveSafeChildPath(ctx.workspacePath, ctx.input.targetPath ?? '.'),
        FILE,
      );
      await mkdir(dirname(file), { recursive: true });
      await writeFile(
        file,
        `# What a version has to reach on the test data before it gets the alias \`candidate\`.\n${stringify(
          {
            gates: gates.map(({ metric, rule, value }) => ({
              metric,
              [rule]: value,
            })),
            approvers: approvers.map(each =>
              stringifyEntityRef(
                parseEntityRef(each, {
                  defaultKind: 'Group',
                  defaultNamespace: 'default',
                }),
              ),
            ),
            rollout,
          },
        )}`,
      );
      ctx.output('file', FILE);
    },
  });
}
