import { mockServices } from '@backstage/backend-test-utils';
import { cloneRepo } from '@backstage/plugin-scaffolder-node';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
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
    await clone();
    expect(existsSync(dir)).toBe(false);
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
      'Remote did not reply using the "smart" HTTP protocol. Expected "001e# service=git-upload-pack" but received: secret',
      'what answers there is no git host$',
    ],
  ])('says what to do about %s', async (said, words) => {
    jest.mocked(cloneRepo).mockRejectedValueOnce(new Error(said));
    await expect(clone()).rejects.toThrow(
      new RegExp(`^https://git.test/credit .*${words}`),
    );
  });
});
