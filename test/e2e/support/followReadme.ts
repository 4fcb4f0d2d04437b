import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { editJson } from '../../stack/createFreshApp.ts';
import { ROOT } from '../../stack/paths.ts';

const HEADING = '## Add it to your Backstage';
const START = 'backend.start();';

/**
 * Does to a Backstage app what the README says under "Add it to your Backstage", and nothing else, but for what no
 * README can know: packages come from their tarballs, and registries from where the test has them.
 */
export function followReadme(
  folder: string,
  options: { tarballs: Map<string, string>; mlflowUrl: string },
): void {
  const blocks = readBlocks();
  const commands = blocks.filter(({ language }) => language === 'sh');
  for (const line of commands.flatMap(({ text }) => text.split('\n'))) {
    addPackages(folder, line, options.tarballs);
  }
  const backend = join(folder, 'packages/backend/src/index.ts');
  const code = blocks.filter(({ language }) => language === 'ts');
  edit(backend, text =>
    text.replace(
      START,
      `${code.map(block => block.text).join('\n')}\n${START}`,
    ),
  );
  edit(join(folder, 'app-config.yaml'), text => {
    const config = parse(text);
    for (const block of blocks.filter(({ language }) => language === 'yaml')) {
      Object.assign(
        config,
        parse(block.text.replace('http://localhost:5000', options.mlflowUrl)),
      );
    }
    return stringify(config);
  });
  // packages name each other by version, which no registry has yet
  editJson(join(folder, 'package.json'), manifest => {
    for (const [name, file] of options.tarballs) {
      (manifest.resolutions ??= {})[name] = `file:${file}`;
    }
  });
}

/** `yarn --cwd <folder> add <name> ...`, with one installation for all of them later. */
function addPackages(
  folder: string,
  line: string,
  tarballs: Map<string, string>,
): void {
  const [, where, names] =
    line.match(/^yarn --cwd (\S+) add (\S.*)$/) ??
    fail(`The README says "${line}", which the test does not know how to do`);
  editJson(join(folder, where, 'package.json'), manifest => {
    for (const name of names.split(/\s+/)) {
      const file =
        tarballs.get(name) ?? fail(`The README names ${name}: no such package`);
      (manifest.dependencies ??= {})[name] = `file:${file}`;
    }
  });
}

function readBlocks(): Array<{ language: string; text: string }> {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const section = readme.split(`\n${HEADING}\n`)[1]?.split('\n## ')[0];
  if (!section) {
    fail(`The README has no section "${HEADING}"`);
  }
  const blocks = [
    ...section.matchAll(/^([ ]*)```(sh|ts|yaml)\n([\s\S]*?)^\1```$/gm),
  ].map(([, indent, language, text]) => ({
    language,
    text: text.replace(new RegExp(`^${indent}`, 'gm'), '').trimEnd(),
  }));
  for (const language of ['sh', 'ts', 'yaml']) {
    if (!blocks.some(block => block.language === language)) {
      fail(`The README's section "${HEADING}" has no block of ${language}`);
    }
  }
  return blocks;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function fail(message: string): never {
  throw new Error(message);
}
