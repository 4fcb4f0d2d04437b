import { mockServices } from '@backstage/backend-test-utils';
import {
  getAzureFileFetchUrl,
  getGiteaFileContentsUrl,
  getGithubFileFetchUrl,
  ScmIntegrations,
} from '@backstage/integration';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';
import { readAnswers } from '../model/readAnswers';
import { chooseRepository } from './chooseRepository';
import { repositoryHosts } from './repositoryHosts';

const INTEGRATIONS = {
  github: [
    { host: 'github.com', token: 'x' },
    { host: 'ghe.example.org', apiBaseUrl: 'https://ghe.example.org/api/v3' },
  ],
  gitlab: [
    {
      host: 'gitlab.example.org',
      token: 'x',
      apiBaseUrl: 'https://gitlab.example.org/api/v4',
    },
  ],
  azure: [
    { host: 'dev.azure.com', credentials: [{ personalAccessToken: 'x' }] },
  ],
  gitea: [
    {
      host: 'git.example.org:3000',
      baseUrl: 'http://git.example.org:3000',
      username: 'ci',
      password: 'x',
    },
  ],
};
const DEMO = {
  backend: { baseUrl: 'http://localhost:7007' },
  modelport: { githost: { directory: 'repositories' } },
};
const configOf = (data: object) =>
  mockServices.rootConfig({ data: JSON.parse(JSON.stringify(data)) });
const config = configOf({ ...DEMO, integrations: INTEGRATIONS });
const answers = (repository?: Record<string, unknown>) =>
  readAnswers({
    name: 'credit-risk',
    owner: 'risk-analytics',
    task: 'binary',
    framework: 'xgboost',
    repository,
  });
const choose = (repository?: Record<string, unknown>) =>
  chooseRepository(config, answers(repository), 'What it is for.');

describe('the hosts of a portal', () => {
  it('are its own and those of which it has credentials', () => {
    expect(
      repositoryHosts(config).map(({ host, action }) => [host, action]),
    ).toEqual([
      ['own', 'modelport:repo:publish'],
      ['github.com', 'publish:github'],
      ['gitlab.example.org', 'publish:gitlab'],
      ['dev.azure.com', 'publish:azure'],
      ['git.example.org:3000', 'publish:gitea'],
    ]);
    expect(repositoryHosts(configOf({}))).toEqual([]);
  });

  it.each([
    [undefined, 'http://localhost:7007/api/modelport/git/credit-risk'],
    [{ host: 'own' }, 'http://localhost:7007/api/modelport/git/credit-risk'],
    [
      { host: 'github.com', owner: 'acme' },
      'https://github.com/acme/credit-risk',
    ],
    [
      { host: 'gitlab.example.org', owner: 'acme/ml' },
      'https://gitlab.example.org/acme/ml/credit-risk',
    ],
    [
      { host: 'dev.azure.com', owner: 'acme', project: 'My models' },
      'https://dev.azure.com/acme/My%20models/_git/credit-risk',
    ],
    [
      { host: 'git.example.org:3000', owner: 'models' },
      'http://git.example.org:3000/models/credit-risk',
    ],
  ])('give %j its address', (repository, remoteUrl) => {
    expect(choose(repository)).toMatchObject({
      remoteUrl,
      visibility: 'private',
      description: 'What it is for.',
    });
  });

  it('name repositories and their files as Backstage does', () => {
    const integrations = ScmIntegrations.fromConfig(config);
    const github = choose({ host: 'github.com', owner: 'acme' });
    expect(parseRepoUrl(github.repoUrl, integrations)).toMatchObject({
      host: 'github.com',
      owner: 'acme',
      repo: 'credit-risk',
    });
    const githubConfig = integrations.github.byHost('github.com')?.config;
    expect(
      getGithubFileFetchUrl(
        github.catalogInfoUrl,
        { ...githubConfig, host: 'github.com' },
        { type: 'token', token: 'x' },
      ),
    ).toBe(
      'https://api.github.com/repos/acme/credit-risk/contents/catalog-info.yaml?ref=main',
    );

    const azure = choose({
      ...{ host: 'dev.azure.com', owner: 'acme', project: 'My models' },
    });
    expect(parseRepoUrl(azure.repoUrl, integrations)).toMatchObject({
      organization: 'acme',
      project: 'My models',
      repo: 'credit-risk',
    });
    expect(getAzureFileFetchUrl(azure.catalogInfoUrl)).toContain(
      '/acme/My%20models/_apis/git/repositories/credit-risk/items?',
    );

    const gitea = choose({ host: 'git.example.org:3000', owner: 'models' });
    const giteaConfig = integrations.gitea.byHost('git.example.org:3000');
    expect(
      giteaConfig &&
        getGiteaFileContentsUrl(giteaConfig.config, gitea.catalogInfoUrl),
    ).toBe(
      'http://git.example.org:3000/api/v1/repos/models/credit-risk/contents/catalog-info.yaml?ref=main',
    );

    const gitlab = choose({ host: 'gitlab.example.org', owner: 'acme/ml' });
    expect(gitlab.catalogInfoUrl).toBe(
      'https://gitlab.example.org/acme/ml/credit-risk/-/blob/main/catalog-info.yaml',
    );
  });

  it.each([
    [{ host: 'ghe.example.org', owner: 'acme' }, 'choose one of own, github'],
    [{ host: 'github.com' }, 'to whom it belongs'],
    [{ host: 'github.com', owner: 'a/b' }, 'no /'],
    [{ host: 'dev.azure.com', owner: 'acme' }, 'its project'],
    [
      { host: 'git.example.org:3000', owner: 'm', visibility: 'internal' },
      'private or public',
    ],
    [{ host: 'github.com', owner: '../x' }, 'repository.owner'],
    [{ host: 'github.com', owner: 'a/../../b' }, 'repository.owner'],
    [{ host: 'github.com/x?', owner: 'a' }, 'repository.host'],
    [{ host: 'a@b', owner: 'a' }, 'repository.host'],
    [{ host: 'github.com', owner: 'a', project: '../x' }, 'project'],
    [{ host: 'github.com', owner: 'a', repo: 'b' }, 'repository'],
  ])('refuse %j', (repository, why) => {
    expect(() => choose(repository)).toThrow(why);
  });

  it('are asked for where the portal has none of its own', () => {
    const given = answers();
    expect(() => chooseRepository(configOf({}), given, '')).toThrow(
      'configure an integration',
    );
    expect(() =>
      chooseRepository(configOf({ integrations: INTEGRATIONS }), given, ''),
    ).toThrow('choose one of github.com');
  });
});
