/**
 * How long a repository takes to be rendered and written: `yarn time:render <folder> <answers as JSON> <times>` writes it
 * into the folder and prints the median of the times in seconds.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readAnswers } from '../src/model/readAnswers';
import { templateValues } from '../src/model/templateValues';
import { renderLayers } from '../src/render/renderLayers';
import { layersOf } from '../src/templates';

async function renderInto(folder: string, answers: Record<string, unknown>) {
  const values = templateValues(readAnswers(answers), 'mlflow');
  const tree = await renderLayers(
    join(__dirname, '../templates/new-ml-model'),
    layersOf(values),
    values,
  );
  for (const [path, content] of tree) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return tree.size;
}

async function main([folder, given, times]: string[]) {
  const answers = JSON.parse(given);
  const taken: number[] = [];
  // the first one fills caches
  const files = await renderInto(folder, answers);
  for (let i = 0; i < Number(times); i++) {
    const target = await mkdtemp(join(tmpdir(), 'render-'));
    const begun = performance.now();
    await renderInto(target, answers);
    taken.push((performance.now() - begun) / 1000);
    await rm(target, { recursive: true });
  }
  taken.sort((a, b) => a - b);
  const seconds = taken[Math.floor(taken.length / 2)];
  process.stdout.write(`${JSON.stringify({ seconds, files })}\n`);
}

main(process.argv.slice(2));
