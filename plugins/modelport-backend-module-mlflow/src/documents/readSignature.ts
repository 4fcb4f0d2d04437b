import { SignatureColumn } from '@modelport/plugin-modelport-common';
import { z } from 'zod';

const shape = z.array(z.number().int()).nullish();

const columnSchema = z.object({
  name: z.union([z.string(), z.number().transform(String)]).nullish(),
  type: z.string(),
  required: z.boolean().optional(),
  optional: z.boolean().optional(),
  items: z.unknown().optional(),
  values: z.unknown().optional(),
  'tensor-spec': z.object({ dtype: z.string(), shape }).optional(),
});

const paramSchema = z.object({
  name: z.string(),
  type: z.string().optional(),
  dtype: z.string().optional(),
  shape,
});

/** Columns of MLflow's JSON schema of inputs or outputs; undefined where it is none. */
export function readSchema(
  text: string | null | undefined,
): SignatureColumn[] | undefined {
  const columns = z.array(columnSchema).safeParse(parseJson(text));
  return columns.success
    ? columns.data.map(column => ({
        name: column.name ?? null,
        type: typeName(column),
        required:
          column.required ??
          (column.optional === undefined ? null : !column.optional),
        shape: column['tensor-spec']?.shape ?? null,
      }))
    : undefined;
}

/** Parameters of a signature, which always have a default. */
export function readParams(
  text: string | null | undefined,
): SignatureColumn[] | undefined {
  const params = z.array(paramSchema).safeParse(parseJson(text));
  return params.success
    ? params.data.map(param => ({
        name: param.name,
        type: param.type ?? param.dtype ?? 'unknown',
        required: false,
        shape: param.shape ?? null,
      }))
    : undefined;
}

function typeName(column: z.output<typeof columnSchema>, depth = 0): string {
  if (column['tensor-spec']) {
    return `tensor(${column['tensor-spec'].dtype})`;
  }
  const inner = columnSchema.safeParse(column.items ?? column.values);
  if (
    (column.type === 'array' || column.type === 'map') &&
    inner.success &&
    depth < 10
  ) {
    return `${column.type}<${typeName(inner.data, depth + 1)}>`;
  }
  return column.type;
}

function parseJson(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text || '[]');
  } catch {
    return undefined;
  }
}
