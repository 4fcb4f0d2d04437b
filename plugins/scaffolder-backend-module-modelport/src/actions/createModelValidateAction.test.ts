import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { runAction } from '../__testUtils__/runAction';
import { createModelValidateAction } from './createModelValidateAction';

const ANSWERS = {
  name: 'credit-risk',
  owner: 'risk-analytics',
  task: 'binary',
  framework: 'xgboost',
};
const named = (kind: string, name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
});
const GROUPS = [
  named('Group', 'risk-analytics'),
  named('Group', 'model-risk'),
  named('System', 'lending'),
];
const TAKEN = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'in-catalog', namespace: 'default' },
  spec: { type: 'database', owner: 'group:default/platform' },
};

describe('modelport:model:validate', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const models = jest.fn<{ name: string; source: string }[], [string | null]>();

  beforeEach(() => {
    models.mockReturnValue([]);
    server.use(
      http.get('*/api/modelport/v1/models', ({ request }) =>
        HttpResponse.json({
          items: models(new URL(request.url).searchParams.get('q')),
        }),
      ),
    );
  });

  const action = (data = {}) =>
    createModelValidateAction({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [TAKEN, ...GROUPS] }),
      config: mockServices.rootConfig({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          modelport: { githost: { directory: 'repositories' }, ...data },
          integrations: {
            github: [{ host: 'github.com', token: 'x' }],
            gitea: [{ host: 'git.test', username: 'ci', password: 'x' }],
          },
        },
      }),
      discovery: mockServices.discovery(),
      scaffolder: {
        listActions: async () => [{ id: 'publish:gitea', schema: {} }],
      },
    });

  it('gives values, entity and address', async () => {
    models.mockReturnValue([{ name: 'credit-risk-2', source: 'demo' }]);
    const { output, checkpoints } = await runAction(action(), {
      answers: ANSWERS,
    });
    expect(checkpoints).toEqual(['free.credit-risk']);
    expect(output).toMatchObject({
      values: { package: 'credit_risk', source: 'repositories' },
      entityRef: 'resource:default/credit-risk',
      remoteUrl: 'http://localhost:7007/api/modelport/git/credit-risk',
    });
    expect(models).toHaveBeenCalledWith('credit-risk');
  });

  it('names the source and the host that are configured', async () => {
    const { output } = await runAction(
      action({
        sources: { mlflow: { prod: { url: 'http://mlflow.test' } } },
        scaffolder: { repositories: 'https://git.example.org/models/' },
      }),
      { answers: ANSWERS },
    );
    expect(output).toMatchObject({
      values: { source: 'prod' },
      remoteUrl: 'https://git.example.org/models/credit-risk',
    });
  });

  it('refuses a name that is taken', async () => {
    await expect(
      runAction(action(), { answers: { ...ANSWERS, name: 'in-catalog' } }),
    ).rejects.toThrow('owned by group:default/platform');
    models.mockReturnValue([{ name: 'credit-risk', source: 'demo' }]);
    await expect(runAction(action(), { answers: ANSWERS })).rejects.toThrow(
      'there is such a model in demo',
    );
  });

  it('finds a name on whichever page it stands', async () => {
    server.use(
      http.get('*/api/modelport/v1/models', ({ request }) =>
        HttpResponse.json(
          new URL(request.url).searchParams.get('cursor') === 'second'
            ? { items: [{ name: 'credit-risk', source: 'prod' }] }
            : { items: [], nextCursor: 'second' },
        ),
      ),
    );
    await expect(runAction(action(), { answers: ANSWERS })).rejects.toThrow(
      'there is such a model in prod',
    );
  });

  it('lets a task that is tried again go on with what it made itself', async () => {
    const { kept } = await runAction(action(), { answers: ANSWERS });
    models.mockReturnValue([{ name: 'credit-risk', source: 'prod' }]);
    const again = await runAction(action(), { answers: ANSWERS }, { kept });
    expect(again.output.entityRef).toBe('resource:default/credit-risk');
  });

  it('refuses owners, approvers and systems that the catalog does not have, all at once', async () => {
    const answers = {
      ...ANSWERS,
      approvers: ['model-risk', 'group:default/nobody'],
      system: 'nowhere',
    };
    await expect(runAction(action(), { answers })).rejects.toThrow(
      /^approvers: the catalog has no group:default\/nobody.*system: the catalog has no system:default\/nowhere/,
    );
    await expect(
      runAction(action(), { answers: { ...ANSWERS, owner: 'user:nobody' } }),
    ).rejects.toThrow(
      'owner: the catalog has no user:default/nobody, or you may not see it; choose one that it has',
    );
    const { output } = await runAction(action(), {
      answers: {
        ...ANSWERS,
        approvers: ['model-risk'],
        system: 'system:default/lending',
      },
    });
    expect(output).toMatchObject({ values: { system: 'lending' } });
  });

  it('refuses a dataset that the catalog does not have', async () => {
    const of = (dataset: string) => ({ answers: { ...ANSWERS, dataset } });
    await expect(runAction(action(), of('nowhere'))).rejects.toThrow(
      'the catalog has no resource:default/nowhere',
    );
    const { output } = await runAction(action(), of('in-catalog'));
    expect(output).toMatchObject({
      values: { dataset: 'resource:default/in-catalog' },
    });
  });

  it('fails where nobody can tell whether it is taken', async () => {
    server.use(
      http.get('*/api/modelport/v1/models', () =>
        HttpResponse.json({}, { status: 503 }),
      ),
    );
    await expect(runAction(action(), { answers: ANSWERS })).rejects.toThrow(
      '503',
    );
  });

  it('says on which hosts a repository can be made', async () => {
    await expect(
      runAction(action({ githost: undefined }), { answers: ANSWERS }),
    ).rejects.toThrow('choose one of github.com, git.test');
  });

  it('follows the choice of a host, and says what to install for it', async () => {
    const on = (host: string) => ({
      answers: { ...ANSWERS, repository: { host, owner: 'models' } },
    });
    const { output } = await runAction(action(), on('git.test'));
    expect(output).toMatchObject({
      remoteUrl: 'https://git.test/models/credit-risk',
      repository: {
        action: 'publish:gitea',
        repoUrl: 'git.test?owner=models&repo=credit-risk',
        catalogInfoUrl:
          'https://git.test/models/credit-risk/src/branch/main/catalog-info.yaml',
      },
    });
    expect(output.values).not.toHaveProperty('repository');
    await expect(runAction(action(), on('github.com'))).rejects.toThrow(
      'add the package @backstage/plugin-scaffolder-backend-module-github',
    );
  });
});
