import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { join } from 'node:path';

/** Version of the templates here; it rises with every change that reaches a generated file. */
export const TEMPLATE_VERSION = '1.0.0';

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

/** The layers of a repository in the order in which they are laid over each other, as folders of the template. */
export function layersOf(values: Record<string, unknown>): string[] {
  return [
    'base',
    `kind/${values.kind}`,
    `task/${values.task}`,
    `framework/${values.framework}`,
  ].map(layer => `skeleton/${layer}`);
}
