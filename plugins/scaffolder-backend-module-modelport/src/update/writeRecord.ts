import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { Tree } from '../render/renderLayers';
import { ANSWERS_FILE, TEMPLATE_VERSION } from '../templates';
import { BASE_FILE, packTree } from './baseTree';

const HEAD =
  "# From which template this repository came. The portal's updates need it as it is, and base.br beside it.\n";

/** Writes into a repository what its next update needs: template, version, values, and what the template made. */
export async function writeRecord(
  folder: string,
  record: {
    template: string;
    values: Record<string, unknown>;
    tree: Tree;
  },
): Promise<void> {
  const { template, values, tree } = record;
  const file = resolveSafeChildPath(folder, ANSWERS_FILE);
  await mkdir(dirname(file), { recursive: true });
  const text = stringify(
    { template, version: TEMPLATE_VERSION, values },
    {
      lineWidth: 0,
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
      aliasDuplicateObjects: false,
    },
  );
  await writeFile(file, `${HEAD}${text}`);
  await writeFile(
    resolveSafeChildPath(folder, BASE_FILE),
    await packTree(tree),
  );
}
