import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { join } from 'node:path';
import { z } from 'zod';

const layers = z.array(z.string().regex(/^[a-z]+(?:\/[a-z-]+)?$/));

export {
  TEMPLATE_RECORD as ANSWERS_FILE,
  TEMPLATE_VERSION,
} from '@modelport/plugin-modelport-common';

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
