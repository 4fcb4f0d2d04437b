import {
  AuthService,
  DiscoveryService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  createTemplateAction,
  ScaffolderService,
} from '@backstage/plugin-scaffolder-node';
import { readMlflowTarget } from '../mlflow/readMlflowTarget';
import { checkEntities } from '../model/checkEntities';
import { checkNameIsFree } from '../model/checkNameIsFree';
import { readAnswers } from '../model/readAnswers';
import { templateValues } from '../model/templateValues';
import { chooseRepository } from '../repository/chooseRepository';
import { example } from './examples';

const ID = 'modelport:model:validate';

/** Checks what a person answered, that the name is free, and derives what the templates need. */
export function createModelValidateAction(deps: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  scaffolder: Pick<ScaffolderService, 'listActions'>;
}) {
  const { catalog, config, scaffolder } = deps;
  return createTemplateAction({
    id: ID,
    description:
      'Checks the answers about a new model: that its name can be the name of a repository and a Python package, that it is free in every registry and in the catalog, that the catalog has its owner, approvers, system and dataset, and that no answer breaks a generated file. Gives the values for the templates.',
    supportsDryRun: true,
    examples: [
      example('The least that has to be answered', ID, {
        answers: {
          name: 'credit-risk',
          owner: 'group:default/risk-analytics',
          task: 'binary',
          framework: 'xgboost',
        },
      }),
    ],
    schema: {
      input: {
        answers: z =>
          z.record(z.any(), {
            description:
              "The form's answers: name, owner, task, framework, and what else was answered",
          }),
      },
      output: {
        values: z =>
          z.record(z.any(), {
            description: 'What the layers of the template are rendered with',
          }),
        entityRef: z =>
          z.string({ description: "The model's entity in the catalog" }),
        remoteUrl: z =>
          z.string({ description: 'Address from which it will be cloned' }),
        repository: z =>
          z.object(
            {
              action: z.string({ description: 'The action that publishes' }),
              remoteUrl: z.string({ description: 'Address to clone from' }),
              catalogInfoUrl: z.string({
                description: 'Address of catalog-info.yaml',
              }),
              repoUrl: z.string({
                description: "The repository as Backstage's actions name it",
              }),
              visibility: z.string({ description: 'Who may read it' }),
              description: z.string({ description: 'What the host says' }),
            },
            { description: 'Where the repository is made, and by what' },
          ),
      },
    },
    async handler(ctx) {
      const answers = readAnswers(ctx.input.answers);
      const target = readMlflowTarget(config);
      const source =
        target?.source ??
        config.getOptionalString('modelport.scaffolder.source') ??
        'repositories';
      const values = templateValues(answers, source, ctx.user?.ref ?? null);
      const entityRef = `resource:default/${answers.name}`;
      const { module, ...repository } = chooseRepository(
        config,
        answers,
        String(values.description),
      );
      const credentials = await ctx.getInitiatorCredentials();

      if (module !== null) {
        const actions = await scaffolder.listActions({}, { credentials });
        if (!actions.some(({ id }) => id === repository.action)) {
          throw new InputError(
            `The action ${repository.action} is not installed: add the package ${module} to the backend, with backend.add(import('${module}')), or choose another host`,
          );
        }
      }
      await checkEntities(answers, catalog, credentials);
      // a task that is tried again may find what it made itself; who else took the name is found by the steps that make
      await ctx.checkpoint({
        key: `free.${answers.name}`,
        fn: async () => {
          await checkNameIsFree(answers.name, credentials, deps);
          return true;
        },
      });
      ctx.output('values', values);
      ctx.output('entityRef', entityRef);
      ctx.output('remoteUrl', repository.remoteUrl);
      ctx.output('repository', repository);
    },
  });
}
