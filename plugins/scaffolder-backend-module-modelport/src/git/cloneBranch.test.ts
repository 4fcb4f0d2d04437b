import { mockServices } from '@backstage/backend-test-utils';
import { cloneRepo } from '@backstage/plugin-scaffolder-node';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneBranch } from './cloneBranch';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  cloneRepo: jest.fn(),
}));

describe('cloneBranch', () => {
  const dir = mkdtempSync(join(tmpdir(), 'clone-'));
  const clone = () =>
    cloneBranch({
      ...{ url: 'https://git.test/credit', dir, branch: 'main' },
      auth: { username: '', password: '' },
      logger: mockServices.logger.mock(),
    });

  it('begins with an empty folder', async () => {
    writeFileSync(join(dir, 'left'), '');
    jest.mocked(cloneRepo).mockImplementationOnce(async () => {
      expect(existsSync(dir)).toBe(false);
      mkdirSync(dir);
      writeFileSync(join(dir, 'README.md'), '');
    });
    await clone();
    expect(cloneRepo).toHaveBeenCalledWith(
      expect.objectContaining({ dir, ref: 'main' }),
    );
  });

  it.each([
    ['Could not find main.', 'has no branch main: name another branch'],
    ['HTTP Error: 404 Not Found', 'there is no such repository'],
    ['HTTP Error: 401 Unauthorized', 'Configure an integration'],
    ['HTTP Error: 502 Bad Gateway', "can't be cloned: HTTP Error: 502"],
    ['connect ECONNREFUSED', "can't be cloned: connect ECONNREFUSED"],
    [
      'Expected "Two strings separated by \'x00\'" but received "secret".',
      'what answers there is no git host$',
    ],
    [
      'Remote did not reply using the "smart" HTTP protocol. Expected "001e# service=git-upload-pack" but received: secret',
      'what answers there is no git host$',
    ],
  ])('says what to do about %s', async (said, words) => {
    jest.mocked(cloneRepo).mockRejectedValueOnce(new Error(said));
    await expect(clone()).rejects.toThrow(
      new RegExp(`^https://git.test/credit .*${words}`),
    );
  });

  it('takes nothing for no repository', async () => {
    jest.mocked(cloneRepo).mockImplementationOnce(async () => {
      mkdirSync(join(dir, '.git'), { recursive: true });
    });
    await expect(clone()).rejects.toThrow(
      'gave no files of main: the repository is empty, or its host broke off',
    );
  });
});
