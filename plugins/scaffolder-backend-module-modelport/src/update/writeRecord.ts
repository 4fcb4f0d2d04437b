import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { Tree } from '../render/renderLayers';
import { ANSWERS_FILE, TEMPLATE_VERSION } from '../templates';
import { BASE_FILE, packTree } from './baseTree';

const HEAD =
  "# From which template this repository came. The portal's updates need it as it is, and base.br beside it.\n";

/** What a repository's next update needs: template, version, values, and what the template made. */
export interface TemplateRecord {
  template: string;
  values: Record<string, unknown>;
  tree: Tree;
}

/** The files that hold a record. */
export async function recordFiles(
  record: TemplateRecord,
): Promise<Map<string, string | Buffer>> {
  const { template, values, tree } = record;
  const text = stringify(
    { template, version: TEMPLATE_VERSION, values },
    {
      lineWidth: 0,
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
      aliasDuplicateObjects: false,
    },
  );
  return new Map<string, string | Buffer>([
    [ANSWERS_FILE, `${HEAD}${text}`],
    [BASE_FILE, await packTree(tree)],
  ]);
}

/** Writes a record into a repository. */
export async function writeRecord(
  folder: string,
  record: TemplateRecord,
): Promise<void> {
  for (const [path, content] of await recordFiles(record)) {
    const file = resolveSafeChildPath(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
