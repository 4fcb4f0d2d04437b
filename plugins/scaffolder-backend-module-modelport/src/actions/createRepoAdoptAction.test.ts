import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  cloneRepo,
  commitAndPushBranch,
} from '@backstage/plugin-scaffolder-node';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runAction } from '../__testUtils__/runAction';
import { openPullRequest } from '../git/openPullRequest';
import { createRepoAdoptAction } from './createRepoAdoptAction';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  cloneRepo: jest.fn(),
  addFiles: jest.fn(),
  commitAndPushBranch: jest.fn(),
  removeFiles: jest.fn(),
}));
jest.mock('../git/remoteRefs', () => ({ remoteRefs: jest.fn() }));
jest.mock('../git/openPullRequest', () => ({ openPullRequest: jest.fn() }));

const INPUT = {
  remoteUrl: 'https://git.example.org/models/credit-risk',
  answers: {
    name: 'credit-risk',
    owner: 'risk-analytics',
    task: 'binary',
    framework: 'xgboost',
    description: 'a: b\n${{ evil }} <script>',
  },
};
const ADDED = [
  'modelport.yaml',
  'catalog-info.yaml',
  'docs/model-card.md',
  '.github/workflows/modelport.yml',
];

describe('modelport:repo:adopt', () => {
  let origin: string;
  const config = mockServices.rootConfig();
  const integrations = ScmIntegrations.fromConfig(config);
  const action = createRepoAdoptAction({ config, integrations });

  beforeEach(() => {
    jest.clearAllMocks();
    origin = mkdtempSync(join(tmpdir(), 'existing-'));
    writeFileSync(join(origin, 'train.py'), 'print(1)\n');
    jest.mocked(cloneRepo).mockImplementation(async ({ dir }) => {
      cpSync(origin, dir, { recursive: true });
    });
    jest.mocked(commitAndPushBranch).mockResolvedValue({ commitHash: 'c' });
    jest.mocked(openPullRequest).mockResolvedValue('https://host/pulls/1');
  });
  afterEach(() => rmSync(origin, { recursive: true, force: true }));

  it('adds what is missing, and says what is left', async () => {
    const { output, workspacePath } = await runAction(action, INPUT);
    expect(output).toMatchObject({
      added: ADDED,
      branch: 'modelport/adopt',
      pullRequestUrl: 'https://host/pulls/1',
    });
    expect(output.left).toContainEqual(expect.stringContaining('Dockerfile'));
    const made = (path: string) =>
      readFileSync(join(workspacePath, 'adopted', path), 'utf8');
    expect(parse(made('catalog-info.yaml'))).toMatchObject({
      kind: 'Resource',
      metadata: {
        name: 'credit-risk',
        description: 'a: b ${{ evil }} <script>',
      },
      spec: { owner: 'group:default/risk-analytics' },
    });
    expect(parse(made('modelport.yaml'))).toMatchObject({ task: 'binary' });
    expect(made('docs/model-card.md')).not.toContain('<script>');
    expect(made('train.py')).toBe('print(1)\n');
    expect(commitAndPushBranch).toHaveBeenCalledTimes(1);
    expect(openPullRequest).toHaveBeenCalledWith(
      INPUT.remoteUrl,
      expect.anything(),
      integrations,
      expect.objectContaining({ branch: 'modelport/adopt', into: 'main' }),
    );
  });

  it.each([
    ['https://gitlab.com/acme/credit', '.gitlab-ci.yml'],
    ['https://dev.azure.com/acme/ml/_git/credit', undefined],
  ])('adds what the CI of %s runs, if that is known', async (url, file) => {
    const { output } = await runAction(
      action,
      { ...INPUT, remoteUrl: url, token: 'of-who-asks' },
      { isDryRun: true },
    );
    expect(output.added).toEqual([
      ...ADDED.slice(0, 3),
      ...(file ? [file] : []),
    ]);
  });

  it('leaves alone what is there', async () => {
    writeFileSync(join(origin, 'modelport.yaml'), 'name: other\n');
    const { output, workspacePath } = await runAction(action, INPUT);
    expect(output.added).toEqual(ADDED.slice(1));
    const kept = join(workspacePath, 'adopted/modelport.yaml');
    expect(readFileSync(kept, 'utf8')).toBe('name: other\n');
  });

  it('pushes nothing in a dry run, and takes no wrong answers', async () => {
    const { output } = await runAction(action, INPUT, { isDryRun: true });
    expect(output.added).toEqual(ADDED);
    expect(commitAndPushBranch).not.toHaveBeenCalled();
    const answers = { ...INPUT.answers, task: 'poetry' };
    await expect(runAction(action, { ...INPUT, answers })).rejects.toThrow(
      'task',
    );
    expect(existsSync(join(origin, 'modelport.yaml'))).toBe(false);
  });
});
