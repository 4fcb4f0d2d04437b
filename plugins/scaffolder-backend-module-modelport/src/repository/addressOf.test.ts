import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { gitAddress, readAddress } from './addressOf';

/** Git hosts of a portal with a config. */
function hostsOf(data: Record<string, unknown>) {
  const config = mockServices.rootConfig({
    data: JSON.parse(JSON.stringify(data)),
  });
  return { config, integrations: ScmIntegrations.fromConfig(config) };
}

describe('readAddress', () => {
  const hosts = hostsOf({
    backend: { baseUrl: 'http://localhost:7007' },
    integrations: {
      gitea: [
        { host: 'gitea.test' },
        { host: '127.0.0.1:3000', baseUrl: 'http://127.0.0.1:3000' },
      ],
      awsS3: [{ host: 's3.test', accessKeyId: 'a', secretAccessKey: 'b' }],
    },
    modelport: {
      githost: { directory: 'git' },
      scaffolder: {
        repositories: 'https://own.test/models/',
        gitHosts: ['https://git.test', 'http://plain.test/team/'],
      },
    },
  });

  it.each([
    ['https://git.test/models/credit//', 'https://git.test/models/credit'],
    ['http://plain.test/team/credit.git', 'http://plain.test/team/credit.git'],
    ['https://own.test/models/credit', 'https://own.test/models/credit'],
    ['https://gitea.test/acme/credit', 'https://gitea.test/acme/credit'],
    ['http://127.0.0.1:3000/a/credit', 'http://127.0.0.1:3000/a/credit'],
    ['https://github.com/acme/credit', 'https://github.com/acme/credit'],
    [
      'http://localhost:7007/api/modelport/git/credit',
      'http://localhost:7007/api/modelport/git/credit',
    ],
  ])('takes %s, as browsers have it', (given, url) => {
    expect(readAddress(given, hosts)).toBe(url);
  });

  it.each([
    'git@git.test:models/credit',
    'ssh://git.test/credit',
    'file:///etc',
    'https://ada:secret@git.test/credit',
    'https://git.test/credit?a=b',
    'https://git.test/credit#readme',
    'credit',
  ])('takes no %s', given => {
    expect(() => readAddress(given, hosts)).toThrow(
      'remoteUrl: expected an address',
    );
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:7007/api/catalog/entities',
    'http://localhost:5432/credit',
    'https://git.test.evil.test/credit',
    'https://git.test:8443/credit',
    'https://own.test/others/credit',
    'https://own.test/models/../others/credit',
    'http://plain.test/teammates/credit',
    'https://plain.test/team/credit',
    // the token of the integration would go over the network in clear
    'http://github.com/acme/credit',
    'http://gitea.test/acme/credit',
    'https://127.0.0.1:3000/a/credit',
    'https://s3.test/credit',
  ])('asks nothing of a host that the config does not name: %s', given => {
    expect(() => readAddress(given, hosts)).toThrow(
      `remoteUrl: this portal has no git host at ${new URL(given).origin}`,
    );
  });
});

describe('gitAddress', () => {
  const { integrations } = hostsOf({});

  it.each([
    ['https://gitlab.com/acme/credit', 'https://gitlab.com/acme/credit.git'],
    [
      'https://gitlab.com/acme/credit.git',
      'https://gitlab.com/acme/credit.git',
    ],
    ['https://github.com/acme/credit', 'https://github.com/acme/credit'],
    ['https://git.test/acme/credit', 'https://git.test/acme/credit'],
  ])('is for %s what git is to be asked for', (url, git) => {
    expect(gitAddress(url, integrations)).toBe(git);
  });
});
