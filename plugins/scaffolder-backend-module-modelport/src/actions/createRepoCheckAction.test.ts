import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runAction } from '../__testUtils__/runAction';
import { readAnswers } from '../model/readAnswers';
import { templateValues } from '../model/templateValues';
import { renderLayers } from '../render/renderLayers';
import { layersOf, newModelTemplate } from '../templates';
import { createRepoCheckAction } from './createRepoCheckAction';
import { createTemplateRecordAction } from './createTemplateRecordAction';

describe('modelport:repo:check', () => {
  const action = createRepoCheckAction();

  async function makeRepository() {
    const values = templateValues(
      readAnswers({
        name: 'credit',
        owner: 'risk-analytics',
        task: 'ranking',
        framework: 'lightgbm',
      }),
      'mlflow',
    );
    const { workspacePath } = await runAction(createTemplateRecordAction(), {
      values: JSON.parse(JSON.stringify(values)),
    });
    const tree = await renderLayers(
      newModelTemplate(),
      layersOf(values),
      values,
    );
    for (const [path, content] of tree) {
      mkdirSync(dirname(join(workspacePath, path)), { recursive: true });
      writeFileSync(join(workspacePath, path), content);
    }
    return { workspacePath };
  }

  it('misses of a new repository only what uv writes', async () => {
    const { output } = await runAction(action, {}, await makeRepository());
    expect(output.findings).toEqual([
      {
        check: 'lock',
        file: 'uv.lock',
        message: 'is missing',
        fix: 'Run uv lock and commit what it writes',
      },
    ]);
    expect(output.score).toBeCloseTo(13 / 14);
  });

  it('says what is wrong, where, and what mends it', async () => {
    const made = await makeRepository();
    const write = (path: string, content: string) =>
      writeFileSync(join(made.workspacePath, path), content);
    write(
      'modelport.yaml',
      'name: credit\nowner: a\ntask: b\nriskTier: huge\n',
    );
    write('catalog-info.yaml', ': : :');
    write('docs/model-card.md', '# Card\n\n## Limitations\n');
    const { output } = await runAction(action, {}, made);
    expect(output.findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          file: 'modelport.yaml',
          message: expect.stringContaining('riskTier'),
        }),
        expect.objectContaining({
          file: 'catalog-info.yaml',
          message: expect.stringMatching(/YAML|it:|kind/),
        }),
        expect.objectContaining({
          file: 'docs/model-card.md',
          message: 'has no section on Out-of-Scope Use, Human Oversight',
        }),
      ]),
    );
  });

  it('finds everything missing in an empty folder', async () => {
    const { output } = await runAction(action, {});
    expect(output.score).toBe(0);
  });
});
