import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  addFiles,
  commitAndPushBranch,
  removeFiles,
} from '@backstage/plugin-scaffolder-node';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPullRequest } from './openPullRequest';
import { proposeChange } from './proposeChange';
import { remoteRefs } from './remoteRefs';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  addFiles: jest.fn(),
  commitAndPushBranch: jest.fn(),
  removeFiles: jest.fn(),
}));
jest.mock('./remoteRefs', () => ({ remoteRefs: jest.fn() }));
jest.mock('./openPullRequest', () => ({ openPullRequest: jest.fn() }));

const URL = 'https://git.example.org/models/credit';
const BRANCH = 'modelport/adopt';

describe('proposeChange', () => {
  let dir: string;
  const integrations = ScmIntegrations.fromConfig(mockServices.rootConfig());
  /** What a task that is tried again finds done. */
  let done: Map<string, unknown>;

  beforeEach(() => {
    jest.resetAllMocks();
    done = new Map();
    dir = mkdtempSync(join(tmpdir(), 'change-'));
    writeFileSync(join(dir, 'gone.py'), 'x');
    jest.mocked(openPullRequest).mockResolvedValue('https://host/pulls/1');
  });

  const propose = (files: Map<string, string | null> = new Map()) =>
    proposeChange(
      {
        logger: mockServices.logger.mock(),
        async checkpoint({ key, fn }) {
          const before = done.get(key);
          const value = before === undefined ? await fn() : before;
          done.set(key, value);
          return JSON.parse(JSON.stringify(value));
        },
      },
      {
        ...{ url: URL, dir, branch: BRANCH, into: 'main', files },
        auth: { username: 'ci', password: 'x' },
        title: 'A change',
        body: 'What it is for.',
      },
      integrations,
    );

  it('writes files, and takes those that go out of the commit too', async () => {
    const files = new Map([
      ['new/a.py', 'a'],
      ['gone.py', null],
    ]);
    expect(await propose(files)).toBe('https://host/pulls/1');
    expect(readFileSync(join(dir, 'new/a.py'), 'utf8')).toBe('a');
    expect(existsSync(join(dir, 'gone.py'))).toBe(false);
    expect(removeFiles).toHaveBeenCalledWith(
      expect.objectContaining({ filepath: 'gone.py' }),
    );
    expect(addFiles).toHaveBeenCalledWith(
      expect.objectContaining({ filepath: 'new/a.py' }),
    );
    expect(commitAndPushBranch).toHaveBeenCalledWith(
      expect.objectContaining({ branch: BRANCH, commitMessage: 'A change' }),
    );
  });

  it('leaves a branch alone that is there', async () => {
    jest
      .mocked(remoteRefs)
      .mockResolvedValue(new Map([[`refs/heads/${BRANCH}`, 'a']]));
    await expect(propose()).rejects.toThrow('Merge or remove it');
    expect(addFiles).not.toHaveBeenCalled();
  });

  it('says what was pushed where no pull request is opened, and opens it when tried again', async () => {
    jest.mocked(openPullRequest).mockRejectedValueOnce(new Error('403'));
    await expect(propose()).rejects.toThrow(`The branch ${BRANCH} was pushed`);
    expect(await propose()).toBe('https://host/pulls/1');
    expect(commitAndPushBranch).toHaveBeenCalledTimes(1);
  });

  it('leaves the pull request to a person on hosts without a known API', async () => {
    jest.mocked(openPullRequest).mockResolvedValue(undefined);
    expect(await propose()).toBeUndefined();
    expect(await propose()).toBeUndefined();
    expect(openPullRequest).toHaveBeenCalledTimes(1);
  });

  it('stays in the repository', async () => {
    await expect(propose(new Map([['../evil', 'x']]))).rejects.toThrow();
    expect(commitAndPushBranch).not.toHaveBeenCalled();
  });
});
