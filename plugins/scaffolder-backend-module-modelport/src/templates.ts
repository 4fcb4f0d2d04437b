import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { join } from 'node:path';
import { z } from 'zod';

const layers = z.array(z.string().regex(/^[a-z]+(?:\/[a-z-]+)?$/));

/** Version of the templates here; it rises with every change that reaches a generated file. */
export const TEMPLATE_VERSION = '1.1.0';

/** Where a repository says from which template and answers it came. */
export const ANSWERS_FILE = '.modelport/answers.yaml';

/** The folder of the template "New ML model". */
export function newModelTemplate(): string {
  return join(
    resolvePackagePath(
      '@modelport/plugin-scaffolder-backend-module-modelport',
      'templates',
    ),
    'new-ml-model',
  );
}

/** The folders of the template that the values were derived for. */
export function layersOf(values: Record<string, unknown>): string[] {
  return layers.parse(values.layers).map(layer => `skeleton/${layer}`);
}
