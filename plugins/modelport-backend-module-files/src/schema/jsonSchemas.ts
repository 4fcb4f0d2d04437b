import { z } from 'zod';
import { modelFileSchema } from './modelFile';
import { versionFileSchema } from './versionFile';

/** The published JSON Schemas by file name, as text; what editors complete and check the files by. */
export function jsonSchemas(): Record<string, string> {
  return {
    'modelport.schema.json': toText(modelFileSchema),
    'version.schema.json': toText(versionFileSchema),
  };
}

function toText(schema: z.ZodType): string {
  // Draft 7 is what the YAML language server knows best.
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify(json, null, 2)}\n`;
}
