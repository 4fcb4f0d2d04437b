import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { COMBINATIONS } from '../__testUtils__/combinations';
import { readAnswers } from '../model/readAnswers';
import { Framework, FRAMEWORKS, Task, TASKS } from '../model/tasks';
import { templateValues } from '../model/templateValues';
import { layersOf, newModelTemplate } from '../templates';
import { renderLayers, Tree } from './renderLayers';

jest.setTimeout(60_000);

const LEAST = { name: 'credit-risk', owner: 'group:default/risk-analytics' };
const NEVER = /\{\{|\}\}|\{%|%\}|\bundefined\b|\[object /;

const render = (answers: Record<string, unknown>) => {
  const values = templateValues(
    readAnswers({ ...LEAST, ...answers }),
    'mlflow',
  );
  return renderLayers(newModelTemplate(), layersOf(values), values);
};

/** What of a generated file looks like a template although it is none. */
function withoutLookalikes(path: string, content: string): string {
  if (path.startsWith('.github/') || path === 'targets/azureml/job.yml') {
    return content.replace(/\$\{\{[^}]*\}\}/g, '');
  }
  // doubled braces of Python's dictionaries and f-strings, and what dbt renders
  return path.endsWith('.py') || path.startsWith('transform/')
    ? content.replace(/\{\{|\}\}/g, '')
    : content;
}

/** Everything that no rendered repository may have, whatever was answered. */
function checkTree(tree: Tree) {
  for (const [path, content] of tree) {
    expect({
      path,
      left: NEVER.exec(withoutLookalikes(path, content))?.[0],
    }).toEqual({ path, left: undefined });
    expect({
      path,
      ended: content === '' || /[^\n]\n$/.test(content),
    }).toEqual({ path, ended: true });
    expect({ path, first: content.startsWith('\n') }).toEqual({
      path,
      first: false,
    });
    if (/\.ya?ml$/.test(path)) {
      const documents = parseAllDocuments(content);
      expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    }
  }
}

const EVERYTHING = {
  targets: ['sagemaker', 'azureml', 'databricks', 'kubernetes'],
  terraform: true,
  orchestration: 'airflow',
  features: 'dbt',
  stream: 'kafka',
  search: 'optuna',
  rollout: 'shadow',
};

/** What an answer leaves in a repository, and nothing else does. */
const TRACES: ReadonlyArray<readonly [Record<string, unknown>, RegExp]> = [
  [{ targets: ['sagemaker'] }, /sagemaker|boto3|\baws\b/i],
  [{ targets: ['azureml'] }, /azure(?!-pipelines)|\baz ml\b/i],
  [{ targets: ['databricks'] }, /databricks|unity catalog/i],
  [{ targets: ['kubernetes'] }, /kserve|kubernetes|kubectl/i],
  [{ targets: ['sagemaker'], terraform: true }, /terraform/i],
  [{ targets: ['azureml'], terraform: true }, /terraform/i],
  [{ targets: ['databricks'], terraform: true }, /terraform/i],
  [{ targets: ['kubernetes'], terraform: true }, /terraform/i],
  [{ orchestration: 'airflow' }, /airflow/i],
  [{ features: 'feast' }, /feast/i],
  [{ features: 'dbt' }, /\bdbt\b|duckdb/i],
  [{ stream: 'kafka' }, /kafka/i],
  [{ search: 'optuna' }, /optuna/i],
  [{ ci: 'gitlab' }, /gitlab/i],
  [{ rollout: 'canary' }, /^"""Canary:/m],
  [{ rollout: 'shadow' }, /^"""Shadow:/m],
  [{ rollout: 'ab' }, /^"""A\/B test:/m],
];

/** Whether everything of some answers is also answered so by others. */
function isWithin(
  some: Record<string, unknown>,
  answers: Record<string, unknown>,
): boolean {
  return Object.entries(some).every(
    ([key, value]) => JSON.stringify(answers[key]) === JSON.stringify(value),
  );
}

describe('the layers of "New ML model"', () => {
  const combinations = TASKS.flatMap(task =>
    FRAMEWORKS.flatMap(framework =>
      ['low', 'high'].map(riskTier => [task, framework, riskTier] as const),
    ),
  );

  it.each(combinations)(
    'render for %s with %s and risk tier %s',
    async (task, framework, riskTier) => {
      const tree = await render({
        ...{ task, framework, riskTier },
        ...(riskTier === 'high' && {
          system: 'lending',
          domain: 'credit',
          protected: ['sex', 'age_group'],
          approvers: ['group:default/model-risk'],
        }),
      });
      checkTree(tree);
      expect([...tree.keys()]).toEqual(
        expect.arrayContaining([
          'modelport.yaml',
          'catalog-info.yaml',
          'pyproject.toml',
          'src/credit_risk/model/train.py',
          'src/credit_risk/model/estimator.py',
          'src/credit_risk/data/synthetic.py',
        ]),
      );
    },
  );

  it('have no file that git would leave out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ignored-'));
    const tree = await render({ task: 'binary', framework: 'xgboost' });
    for (const [path, content] of tree) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
    git('init', '--quiet');
    expect(git('status', '--short', '--ignored', '.')).not.toContain('!!');
    rmSync(folder, { recursive: true, force: true });
  });

  it(`render for ${COMBINATIONS.length} combinations with every pair of answers`, async () => {
    expect(COMBINATIONS.length).toBeLessThan(40);
    for (const answers of COMBINATIONS) {
      checkTree(await render(answers));
    }
  });

  it('pin every action of a workflow by the digest of its commit', async () => {
    const tree = await render({
      ...{ task: 'binary', framework: 'xgboost' },
      ...EVERYTHING,
    });
    const uses = [...tree].flatMap(([path, content]) =>
      path.startsWith('.github/workflows/')
        ? content.match(/\buses: .*/g) ?? []
        : [],
    );
    expect(uses.length).toBeGreaterThan(10);
    for (const each of uses) {
      expect(each).toMatch(
        /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/,
      );
    }
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['github', { features: 'feast' }, '--group feast pytest'],
    ['github', { features: 'dbt' }, '--group dbt pytest'],
    ['github', { orchestration: 'airflow' }, '--only-group airflow pytest'],
    ['gitlab', { features: 'feast' }, '--group feast pytest'],
    ['gitlab', { features: 'dbt' }, '--group dbt pytest'],
    ['gitlab', { orchestration: 'airflow' }, '--only-group airflow pytest'],
  ])(
    'let %s test what has an environment of its own: %j',
    async (ci, answers, command) => {
      const tree = await render({
        ...{ task: 'binary', framework: 'xgboost', ci },
        ...answers,
      });
      const pipelines = [...tree].filter(([path]) =>
        /^\.git(?:hub\/workflows|lab-ci)/.test(path),
      );
      expect(pipelines.flat().join('\n')).toContain(command);
    },
  );

  it('leave no trace of what was not chosen', async () => {
    const tree = await render({ task: 'regression', framework: 'sklearn' });
    const all = [...tree].flat().join('\n');
    expect(all).not.toMatch(/xgboost|lightgbm|torch|tensorflow/i);
    expect(all).not.toMatch(/query_id|series_id|rolling_origins|refer_band/);
    for (const [, words] of TRACES) {
      expect(all).not.toMatch(words);
    }
  });

  it.each(TRACES)('leave their own trace alone: %j', async (answers, words) => {
    const binary = { task: 'binary', framework: 'xgboost' };
    const plain = await render(binary);
    const tree = await render({ ...binary, ...answers });
    const changed = [...tree].filter(
      ([path, text]) => plain.get(path) !== text,
    );
    expect(changed.flat().join('\n')).toMatch(words);
    const all = [...tree].flat().join('\n');
    const strange = TRACES.filter(
      ([other, others]) =>
        others.source !== words.source &&
        !isWithin(other, answers) &&
        others.test(all),
    );
    expect(strange).toEqual([]);
  });

  it.each<[Task, Framework, Record<string, unknown>]>([
    ['binary', 'xgboost', {}],
    ['forecasting', 'sklearn', EVERYTHING],
  ])(
    'are what fetch:template makes of them: %s, %s',
    async (task, framework, more) => {
      const workspacePath = mkdtempSync(join(tmpdir(), 'render-'));
      const values = templateValues(
        readAnswers({ ...LEAST, ...more, task, framework }),
        'mlflow',
      );
      const action = createFetchTemplateAction({
        reader: mockServices.urlReader.mock(),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      });
      for (const layer of layersOf(values)) {
        const base = createMockActionContext();
        await action.handler({
          ...base,
          workspacePath,
          createTemporaryDirectory: async () =>
            mkdtempSync(join(tmpdir(), 'layer-')),
          templateInfo: {
            entityRef: 'template:default/new-ml-model',
            baseUrl: pathToFileURL(join(newModelTemplate(), 'template.yaml'))
              .href,
          },
          input: {
            url: `./${layer}`,
            templateFileExtension: true,
            values: JSON.parse(JSON.stringify(values)),
          },
        });
      }
      const made = readdirSync(workspacePath, {
        recursive: true,
        withFileTypes: true,
      })
        .filter(entry => entry.isFile())
        .map(entry =>
          relative(workspacePath, join(entry.parentPath, entry.name)),
        )
        .sort();
      const ours = await render({ ...more, task, framework });
      expect([...ours.keys()].sort()).toEqual(made);
      for (const [path, content] of ours) {
        expect(readFileSync(join(workspacePath, path), 'utf8')).toBe(content);
      }
      rmSync(workspacePath, { recursive: true, force: true });
    },
  );
});
