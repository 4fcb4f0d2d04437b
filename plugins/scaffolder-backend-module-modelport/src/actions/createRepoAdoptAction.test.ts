import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
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
  symlinkSync,
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
  const config = mockServices.rootConfig({
    data: {
      modelport: { scaffolder: { gitHosts: ['https://git.example.org'] } },
    },
  });
  const integrations = ScmIntegrations.fromConfig(config);
  const catalog = catalogServiceMock({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'risk-analytics', namespace: 'default' },
      },
    ],
  });
  const action = createRepoAdoptAction({ catalog, config, integrations });

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

  it('takes the name that the registry has, though no new model could have it', async () => {
    const answers = { ...INPUT.answers, name: 'Credit_Risk v2' };
    const { workspacePath } = await runAction(action, { ...INPUT, answers });
    const made = (path: string) =>
      parse(readFileSync(join(workspacePath, 'adopted', path), 'utf8'));
    expect(made('modelport.yaml').name).toBe('Credit_Risk v2');
    expect(made('catalog-info.yaml').metadata).toMatchObject({
      name: 'credit_risk-v2',
      annotations: { 'modelport.io/name': 'Credit_Risk v2' },
    });
    for (const name of ['../x', 'a\nb: c', '信用']) {
      await expect(
        runAction(action, { ...INPUT, answers: { ...answers, name } }),
      ).rejects.toThrow('name: expected');
    }
  });

  it('clones nothing for an owner whom the catalog does not have', async () => {
    const answers = { ...INPUT.answers, owner: 'group:default/nobody' };
    await expect(runAction(action, { ...INPUT, answers })).rejects.toThrow(
      'owner: the catalog has no group:default/nobody',
    );
    expect(cloneRepo).not.toHaveBeenCalled();
  });

  it('leaves alone what is there', async () => {
    writeFileSync(join(origin, 'modelport.yaml'), 'name: other\n');
    const { output, workspacePath } = await runAction(action, INPUT);
    expect(output.added).toEqual(ADDED.slice(1));
    const kept = join(workspacePath, 'adopted/modelport.yaml');
    expect(readFileSync(kept, 'utf8')).toBe('name: other\n');
  });

  it('writes through no link', async () => {
    writeFileSync(join(origin, 'other.yaml'), 'kept: true\n');
    symlinkSync('other.yaml', join(origin, 'modelport.yaml'));
    symlinkSync('/nowhere/outside.yaml', join(origin, 'catalog-info.yaml'));
    const { output, workspacePath } = await runAction(action, INPUT);
    expect(output.added).toEqual(ADDED.slice(2));
    expect(output.left).toContainEqual(
      expect.stringMatching(/^modelport\.yaml: /),
    );
    const kept = join(workspacePath, 'adopted/other.yaml');
    expect(readFileSync(kept, 'utf8')).toBe('kept: true\n');
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
