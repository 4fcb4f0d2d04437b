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
import { parse } from 'yaml';
import { readAnswers } from '../model/readAnswers';
import { Framework, FRAMEWORKS, Task, TASKS } from '../model/tasks';
import { templateValues } from '../model/templateValues';
import { layersOf, newModelTemplate } from '../templates';
import { renderLayers } from './renderLayers';

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
  return path.startsWith('.github/')
    ? content.replace(/\$\{\{[^}]*\}\}/g, '')
    : content.replace(/\{\{|\}\}/g, text =>
        // doubled braces of Python's dictionaries and of f-strings
        path.endsWith('.py') ? '' : text,
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
      for (const [path, content] of tree) {
        expect({
          path,
          left: NEVER.exec(withoutLookalikes(path, content))?.[0],
        }).toEqual({ path, left: undefined });
        expect(content.endsWith('\n') || content === '').toBe(true);
      }
      const documents = [...tree].filter(([path]) => /\.ya?ml$/.test(path));
      expect(documents.map(([, content]) => parse(content))).not.toContain(
        null,
      );
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

  it('leave no trace of what was not chosen', async () => {
    const tree = await render({ task: 'regression', framework: 'sklearn' });
    const all = [...tree].flat().join('\n');
    expect(all).not.toMatch(/xgboost|lightgbm|torch|tensorflow/i);
    expect(all).not.toMatch(/query_id|series_id|rolling_origins|refer_band/);
  });

  it.each<[Task, Framework]>([
    ['binary', 'xgboost'],
    ['forecasting', 'sklearn'],
  ])(
    'are what fetch:template makes of them: %s, %s',
    async (task, framework) => {
      const workspacePath = mkdtempSync(join(tmpdir(), 'render-'));
      const values = templateValues(
        readAnswers({ ...LEAST, task, framework }),
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
      const ours = await render({ task, framework });
      expect([...ours.keys()].sort()).toEqual(made);
      for (const [path, content] of ours) {
        expect(readFileSync(join(workspacePath, path), 'utf8')).toBe(content);
      }
      rmSync(workspacePath, { recursive: true, force: true });
    },
  );
});
