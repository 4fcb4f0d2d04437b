/** Renders every combination of the tests into folders of their own: `yarn render:pairwise <folder>` */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMBINATIONS } from '../src/__testUtils__/combinations';
import { readAnswers } from '../src/model/readAnswers';
import { templateValues } from '../src/model/templateValues';
import { renderLayers } from '../src/render/renderLayers';
import { layersOf } from '../src/templates';

async function render([folder]: string[]) {
  for (const [index, answers] of COMBINATIONS.entries()) {
    const values = templateValues(readAnswers(answers), 'mlflow');
    const tree = await renderLayers(
      join(__dirname, '../templates/new-ml-model'),
      layersOf(values),
      values,
    );
    for (const [path, content] of tree) {
      const file = join(folder, String(index).padStart(3, '0'), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}

render(process.argv.slice(2));
