import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  cloneRepo,
  commitAndPushBranch,
} from '@backstage/plugin-scaffolder-node';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction } from '../__testUtils__/runAction';
import { readAnswers } from '../model/readAnswers';
import { templateValues } from '../model/templateValues';
import { Tree } from '../render/renderLayers';
import { ANSWERS_FILE, TEMPLATE_VERSION } from '../templates';
import { BASE_FILE, readTree } from '../update/baseTree';
import { writeRecord } from '../update/writeRecord';
import { createTemplateUpdateAction } from './createTemplateUpdateAction';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  cloneRepo: jest.fn(),
  addFiles: jest.fn(),
  commitAndPushBranch: jest.fn(),
  removeFiles: jest.fn(),
}));
jest.mock('../git/remoteRefs', () => ({ remoteRefs: jest.fn() }));

const VALUES = templateValues(
  readAnswers({
    name: 'credit',
    owner: 'risk-analytics',
    task: 'binary',
    framework: 'xgboost',
    purpose: 'To lend well.',
  }),
  'mlflow',
);
const BASE: Tree = new Map([
  ['kept.py', 'a\n'],
  ['both.py', 'one\ntwo\nthree\nfour\n'],
  ['conflict.py', 'x\n'],
]);
const NEXT: Tree = new Map([
  ['kept.py', 'b\n'],
  ['both.py', 'one\ntwo\nthree\nFOUR\n'],
  ['conflict.py', 'theirs\n'],
  ['new.py', 'new\n'],
]);

describe('modelport:template:update', () => {
  let origin: string;
  const render = jest.fn(async () => NEXT);
  const config = mockServices.rootConfig({
    data: {
      modelport: { scaffolder: { gitHosts: ['https://git.example.org'] } },
    },
  });
  const action = createTemplateUpdateAction({
    config,
    integrations: ScmIntegrations.fromConfig(config),
    render,
  });

  beforeEach(async () => {
    jest.clearAllMocks();
    origin = mkdtempSync(join(tmpdir(), 'origin-'));
    for (const [path, content] of BASE) {
      writeFileSync(join(origin, path), content);
    }
    await writeRecord(origin, {
      template: 'template:default/new-ml-model',
      values: VALUES,
      tree: await readTree(origin),
    });
    jest.mocked(cloneRepo).mockImplementation(async ({ dir }) => {
      cpSync(origin, dir, { recursive: true });
    });
    jest.mocked(commitAndPushBranch).mockResolvedValue({ commitHash: 'c' });
  });
  afterEach(() => rmSync(origin, { recursive: true, force: true }));

  const input = { remoteUrl: 'https://git.example.org/credit' };

  it('merges what the team and the template changed, on a branch', async () => {
    writeFileSync(join(origin, 'both.py'), 'ONE\ntwo\nthree\nfour\n');
    writeFileSync(join(origin, 'conflict.py'), 'mine\n');
    writeFileSync(join(origin, 'own.py'), 'own\n');
    const { output, workspacePath, checkpoints } = await runAction(
      action,
      input,
    );
    expect(output).toMatchObject({
      from: TEMPLATE_VERSION,
      to: TEMPLATE_VERSION,
      branch: `modelport/template-${TEMPLATE_VERSION}`,
      changed: ['both.py', 'conflict.py', 'kept.py', 'new.py'],
      conflicts: [{ path: 'conflict.py' }],
    });
    expect(checkpoints).toEqual([
      `push.${input.remoteUrl}`,
      `pullRequest.${input.remoteUrl}`,
    ]);
    const made = (path: string) =>
      readFileSync(join(workspacePath, 'update', path), 'utf8');
    expect(made('both.py')).toBe('ONE\ntwo\nthree\nFOUR\n');
    expect(made('kept.py')).toBe('b\n');
    expect(made('own.py')).toBe('own\n');
    expect(made('conflict.py')).toContain('<<<<<<< repository\nmine');
    expect(render).toHaveBeenCalledWith(VALUES);
    expect(commitAndPushBranch).toHaveBeenCalledWith(
      expect.objectContaining({
        branch: `modelport/template-${TEMPLATE_VERSION}`,
      }),
    );
    expect(commitAndPushBranch).toHaveBeenCalledTimes(1);

    // and the next update begins from here
    cpSync(join(workspacePath, 'update'), origin, { recursive: true });
    const again = await runAction(action, input);
    expect(again.output).toMatchObject({ changed: [], conflicts: [] });
    expect(commitAndPushBranch).toHaveBeenCalledTimes(1);
  });

  it('records the version where nothing else changes, so that it is outdated no more', async () => {
    const recorded = join(origin, ANSWERS_FILE);
    const write = (version: string) =>
      writeFileSync(
        recorded,
        readFileSync(recorded, 'utf8').replace(
          /^version: .*$/m,
          `version: ${version}`,
        ),
      );
    write('0.9.0');
    render.mockResolvedValueOnce(new Map(BASE));
    const { output, workspacePath } = await runAction(action, input);
    expect(output).toMatchObject({ from: '0.9.0', changed: [] });
    expect(output.branch).toBe(`modelport/template-${TEMPLATE_VERSION}`);
    expect(
      readFileSync(join(workspacePath, 'update', ANSWERS_FILE), 'utf8'),
    ).toContain(TEMPLATE_VERSION);

    write('99.0.0');
    await expect(runAction(action, input)).rejects.toThrow(
      /newer than .*: the portal has to be updated first/,
    );
  });

  it('pushes nothing in a dry run', async () => {
    const { output } = await runAction(action, input, { isDryRun: true });
    expect(output.changed).toEqual([
      'both.py',
      'conflict.py',
      'kept.py',
      'new.py',
    ]);
    expect(output.branch).toBeUndefined();
    expect(commitAndPushBranch).not.toHaveBeenCalled();
  });

  it.each([
    [ANSWERS_FILE, 'came from no template'],
    [BASE_FILE, "it can't be told what its team changed"],
  ])('says what is missing without %s', async (file, why) => {
    rmSync(join(origin, file));
    await expect(runAction(action, input)).rejects.toThrow(why);
  });

  it('takes no record that someone changed', async () => {
    writeFileSync(join(origin, BASE_FILE), 'no brotli');
    await expect(runAction(action, input)).rejects.toThrow('base.br is not');
    for (const text of ['version: 1', 'a: [', 'a: &a [*a]']) {
      writeFileSync(join(origin, ANSWERS_FILE), text);
      await expect(runAction(action, input)).rejects.toThrow(
        'answers.yaml is not what the template wrote',
      );
    }
  });

  it.each([
    ['source: "mlflow', 'source: "x\\nevil: true', 'is not what'],
    ['source: "mlflow"', 'source: {}', 'is not what'],
    ['author: null', 'author: "\\u202egnp"', 'is not what'],
    ['  name: "credit"', '  name: "../../x"', 'The name'],
    ['task: "binary"', 'task: "../../x"', 'task'],
    ['framework: "xgboost"', 'framework: "x; rm"', 'framework'],
    ['owner: "group:', 'owner: "\\ngroup:', 'owner'],
    ['  personal: []', '  personal: ["a b"]', 'personal'],
  ])('takes no record with %s as %s', async (from, to, why) => {
    const file = join(origin, ANSWERS_FILE);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
    await expect(runAction(action, input)).rejects.toThrow(why);
    expect(commitAndPushBranch).not.toHaveBeenCalled();
  });

  it('takes no layers, packages and paths from a record', async () => {
    const file = join(origin, ANSWERS_FILE);
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text
        .replace('package: "credit"', 'package: "../../x"')
        .replace('- "base"', '- "../../etc"'),
    );
    await runAction(action, input);
    expect(render).toHaveBeenCalledWith(VALUES);
  });

  it('follows no link out of the repository, neither to read nor to write', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'kept.py'), 'secret\n');
    rmSync(join(origin, 'kept.py'));
    symlinkSync(join(outside, 'kept.py'), join(origin, 'kept.py'));
    const { output } = await runAction(action, input, { isDryRun: true });
    expect(output.conflicts).toContainEqual(
      expect.objectContaining({ path: 'kept.py' }),
    );
    expect(JSON.stringify(output)).not.toContain('secret');

    symlinkSync(outside, join(origin, 'docs'));
    render.mockResolvedValueOnce(new Map([...BASE, ['docs/new.md', 'new\n']]));
    await expect(runAction(action, input)).rejects.toThrow(
      'outside its parent',
    );
    expect(readdirSync(outside)).toEqual(['kept.py']);

    rmSync(join(origin, ANSWERS_FILE));
    symlinkSync('/etc/hostname', join(origin, ANSWERS_FILE));
    await expect(runAction(action, input)).rejects.toThrow(
      'outside its parent',
    );
    rmSync(outside, { recursive: true });
  });

  it.each([
    'file:///etc',
    'git@example.org:a/b',
    'https://me:pw@example.org/x',
  ])('takes no %s', async remoteUrl => {
    await expect(runAction(action, { remoteUrl })).rejects.toThrow('remoteUrl');
  });
});
