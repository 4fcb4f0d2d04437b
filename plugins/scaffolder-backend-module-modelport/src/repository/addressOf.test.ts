import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { gitAddress, readAddress } from './addressOf';

describe('readAddress', () => {
  it('takes addresses as browsers have them', () => {
    expect(readAddress('https://git.test/models/credit//')).toBe(
      'https://git.test/models/credit',
    );
    expect(readAddress('http://git.test/credit.git')).toBe(
      'http://git.test/credit.git',
    );
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
    expect(() => readAddress(given)).toThrow('remoteUrl: expected an address');
  });
});

describe('gitAddress', () => {
  const integrations = ScmIntegrations.fromConfig(mockServices.rootConfig());

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
