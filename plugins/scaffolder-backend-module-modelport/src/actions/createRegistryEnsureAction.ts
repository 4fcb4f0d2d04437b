import { RootConfigService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Journal } from '../journal/Journal';
import { MlflowRegistry } from '../mlflow/MlflowRegistry';
import { readMlflowTarget } from '../mlflow/readMlflowTarget';
import { example } from './examples';

const ID = 'modelport:registry:ensure';

/** Makes the registered model in MLflow, where there is one. */
export function createRegistryEnsureAction({
  config,
}: {
  config: RootConfigService;
}) {
  return createTemplateAction({
    id: ID,
    description:
      'Makes the registered model in the MLflow server of the portal, unless it is there. Does nothing where the portal has none: then the files source finds the model in its repository.',
    supportsDryRun: true,
    examples: [
      example('Register a model', ID, {
        name: 'credit-risk',
        description: 'Probability that a credit is not repaid.',
        tags: { owner: 'group:default/risk-analytics', task: 'binary' },
      }),
    ],
    schema: {
      input: {
        name: z => z.string({ description: 'Name of the registered model' }),
        description: z =>
          z.string({ description: 'What it is for' }).optional(),
        fresh: z =>
          z
            .boolean({
              description:
                'Whether a model that is there already, and not made by this task, is an error',
            })
            .optional(),
        tags: z =>
          z.record(z.string(), { description: 'Tags of the model' }).optional(),
      },
      output: {
        source: z =>
          z
            .string({ description: 'Id of the Modelport source that shows it' })
            .optional(),
        created: z =>
          z.boolean({ description: 'Whether it was made by this task' }),
      },
    },
    async handler(ctx) {
      const target = readMlflowTarget(config);
      if (!target) {
        ctx.logger.info(
          'The portal has no MLflow: the model is found in its repository',
        );
        ctx.output('created', false);
        return;
      }
      ctx.output('source', target.source);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would register ${ctx.input.name} at ${target.url}`);
        ctx.output('created', false);
        return;
      }
      const { name, description = '', tags = {}, fresh } = ctx.input;
      await new Journal(ctx.workspacePath).add({ kind: 'model', name });
      // no checkpoint: MLflow itself knows by the task's tag, and cleaning up may have removed what was made before
      const created = await new MlflowRegistry(target).ensureModel(
        name,
        ctx.task.id,
        { description, tags },
      );
      if (fresh && !created) {
        throw new ConflictError(
          `The name '${name}' is taken meanwhile: ${target.url} has a registered model of that name. Choose another name`,
        );
      }
      ctx.logger.info(
        created
          ? `Registered ${name} at ${target.url}`
          : `${name} was registered at ${target.url} before`,
      );
      ctx.output('created', created);
    },
  });
}
