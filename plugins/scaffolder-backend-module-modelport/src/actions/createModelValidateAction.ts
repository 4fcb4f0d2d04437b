import {
  AuthService,
  DiscoveryService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError, ResponseError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  createTemplateAction,
  ScaffolderService,
} from '@backstage/plugin-scaffolder-node';
import { z as zod } from 'zod';
import { readMlflowTarget } from '../mlflow/readMlflowTarget';
import { readAnswers } from '../model/readAnswers';
import { templateValues } from '../model/templateValues';
import { chooseRepository } from '../repository/chooseRepository';
import { example } from './examples';

const ID = 'modelport:model:validate';
const models = zod.object({
  items: zod.array(zod.object({ name: zod.string(), source: zod.string() })),
});

/** Checks what a person answered, that the name is free, and derives what the templates need. */
export function createModelValidateAction(deps: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  scaffolder: Pick<ScaffolderService, 'listActions'>;
}) {
  const { auth, catalog, config, discovery, scaffolder } = deps;
  return createTemplateAction({
    id: ID,
    description:
      'Checks the answers about a new model: that its name can be the name of a repository and a Python package, that it is free in every registry and in the catalog, that the catalog has its dataset, and that no answer breaks a generated file. Gives the values for the templates.',
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
      const taken = await catalog.getEntityByRef(entityRef, { credentials });
      if (taken) {
        throw new ConflictError(
          `The name '${answers.name}' is taken: the catalog has ${entityRef}, owned by ${taken.spec?.owner}`,
        );
      }
      const { dataset } = answers;
      if (
        dataset &&
        !(await catalog.getEntityByRef(dataset, { credentials }))
      ) {
        throw new InputError(
          `dataset: the catalog has no ${dataset}, or you may not see it; choose one that it has, or leave it out`,
        );
      }
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'modelport',
      });
      const url = await discovery.getBaseUrl('modelport');
      const query = new URLSearchParams({ q: answers.name, limit: '500' });
      const answer = await fetch(`${url}/v1/models?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!answer.ok) {
        throw await ResponseError.fromResponse(answer);
      }
      const registered = models
        .parse(await answer.json())
        .items.find(({ name }) => name === answers.name);
      if (registered) {
        throw new ConflictError(
          `The name '${answers.name}' is taken: there is such a model in ${registered.source}`,
        );
      }
      ctx.output('values', values);
      ctx.output('entityRef', entityRef);
      ctx.output('remoteUrl', repository.remoteUrl);
      ctx.output('repository', repository);
    },
  });
}
