import { RootConfigService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Journal } from '../journal/Journal';
import { MlflowRegistry } from '../mlflow/MlflowRegistry';
import { readMlflowTarget } from '../mlflow/readMlflowTarget';
import { example } from './examples';

const ID = 'modelport:experiment:ensure';

/** Makes the experiment in MLflow, where there is one. */
export function createExperimentEnsureAction({
  config,
}: {
  config: RootConfigService;
}) {
  return createTemplateAction({
    id: ID,
    description:
      'Makes the experiment for the trainings of a model in the MLflow server of the portal, unless it is there. Does nothing where the portal has none.',
    supportsDryRun: true,
    examples: [example('Make an experiment', ID, { name: 'credit-risk' })],
    schema: {
      input: {
        name: z => z.string({ description: 'Name of the experiment' }),
        tags: z =>
          z
            .record(z.string(), { description: 'Tags of the experiment' })
            .optional(),
      },
      output: {
        experimentId: z =>
          z.string({ description: 'Its id in MLflow' }).optional(),
        created: z =>
          z.boolean({ description: 'Whether it was made by this task' }),
      },
    },
    async handler(ctx) {
      const target = readMlflowTarget(config);
      if (!target || ctx.isDryRun) {
        ctx.logger.info(
          target
            ? `Would make the experiment ${ctx.input.name} at ${target.url}`
            : 'The portal has no MLflow: a training keeps its runs in the repository',
        );
        ctx.output('created', false);
        return;
      }
      const { name, tags = {} } = ctx.input;
      await new Journal(ctx.workspacePath).add({ kind: 'experiment', name });
      // no checkpoint: MLflow itself knows by the task's tag, and cleaning up may have removed what was made before
      const registry = new MlflowRegistry(target);
      const { id, created } = await registry.ensureExperiment(
        name,
        ctx.task.id,
        tags,
      );
      ctx.output('experimentId', id);
      ctx.output('created', created);
    },
  });
}
