/**
 * Renders a repository into a folder:
 * `yarn render <folder> '{"name": "...", "owner": "...", "task": "binary", "framework": "xgboost"}'`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readAnswers } from '../src/model/readAnswers';
import { templateValues } from '../src/model/templateValues';
import { renderLayers } from '../src/render/renderLayers';
import { layersOf } from '../src/templates';

async function render([folder, answers]: string[]) {
  const values = templateValues(readAnswers(JSON.parse(answers)), 'mlflow');
  const tree = await renderLayers(
    join(__dirname, '../templates/new-ml-model'),
    layersOf(values),
    values,
  );
  for (const [path, content] of tree) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

render(process.argv.slice(2));
