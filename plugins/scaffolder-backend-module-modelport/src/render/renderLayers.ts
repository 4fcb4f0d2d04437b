import { InputError } from '@backstage/errors';
import { createTemplateRenderer } from 'nunjitsu';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';

const EXTENSION = '.njk';

/** The files of a repository by their path with forward slashes. */
export type Tree = Map<string, string>;

/**
 * Renders layers of a template over each other in memory, by the rules of `fetch:template` with
 * `templateFileExtension: true`: only files that end with `.njk` are rendered, and every path.
 *
 * @param template - folder of the template
 * @param layers - folders below it; a path may come from one layer only
 */
export async function renderLayers(
  template: string,
  layers: readonly string[],
  values: Record<string, unknown>,
): Promise<Tree> {
  const renderer = createTemplateRenderer({ allowRegexExecution: true });
  const context = renderer.prepareContext(
    JSON.parse(JSON.stringify({ values })),
  );
  const tree: Tree = new Map();
  for (const layer of layers) {
    for (const file of await filesBelow(join(template, layer))) {
      const rendered = file.endsWith(EXTENSION);
      const path = renderer.render(
        rendered ? file.slice(0, -EXTENSION.length) : file,
        context,
      );
      checkPath(path);
      if (tree.has(path)) {
        throw new InputError(`'${path}' comes from two layers of the template`);
      }
      const source = await readFile(join(template, layer, file), 'utf8');
      tree.set(path, rendered ? renderer.render(source, context) : source);
    }
  }
  return tree;
}

function checkPath(path: string): void {
  const normal = posix.normalize(path);
  if (normal !== path || path.startsWith('/') || path.startsWith('..')) {
    throw new InputError(`'${path}' leaves the repository`);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort();
}
