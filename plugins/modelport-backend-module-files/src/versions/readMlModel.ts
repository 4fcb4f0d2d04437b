import { InputError } from '@backstage/errors';
import { Signature, SignatureColumn } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { parseYaml } from '../yaml/parseYaml';
import { validate } from '../yaml/validate';

/** What MLflow's `MLmodel` file says, as far as it matters here. */
export interface MlModel {
  /** Flavours other than the generic one, as MLflow names them. */
  flavors: string[];
  /** Whether MLflow's generic loader can load it. */
  hasPythonFunction: boolean;
  /** Files and folders that its flavours load, from the model's folder. */
  files: string[];
  signature: Signature | null;
}

const PYTHON_FUNCTION = 'python_function';

/** Keys under which MLflow's flavours name what they load. */
const FILE_KEYS = ['data', 'model_path', 'pickled_model', 'model_data'];

const mlModelSchema = z.looseObject({
  flavors: z.record(z.string(), z.looseObject({})),
  signature: z
    .looseObject({
      inputs: z.string().nullish(),
      outputs: z.string().nullish(),
      params: z.string().nullish(),
    })
    .nullish(),
});

const columnSchema = z.looseObject({
  name: z.string().nullish(),
  type: z.unknown().optional(),
  required: z.boolean().nullish(),
  shape: z.array(z.number()).nullish(),
  'tensor-spec': z
    .looseObject({ dtype: z.string(), shape: z.array(z.number()) })
    .nullish(),
});

/** @throws `InputError` where it is no `MLmodel` file. */
export function readMlModel(text: string): MlModel {
  const { flavors, signature } = validate(parseYaml(text), mlModelSchema);
  return {
    flavors: Object.keys(flavors).filter(name => name !== PYTHON_FUNCTION),
    hasPythonFunction: PYTHON_FUNCTION in flavors,
    files: Object.values(flavors).flatMap(flavor =>
      FILE_KEYS.map(key => flavor[key]).filter(
        value => typeof value === 'string',
      ),
    ),
    signature: signature
      ? {
          inputs: readColumns(signature.inputs, 'inputs'),
          outputs: readColumns(signature.outputs, 'outputs'),
          params: readColumns(signature.params, 'params'),
        }
      : null,
  };
}

function readColumns(
  json: string | null | undefined,
  part: string,
): SignatureColumn[] {
  if (!json) {
    return [];
  }
  const columns = z.array(columnSchema).safeParse(parseJson(json, part));
  if (!columns.success) {
    throw new InputError(`signature.${part}: expected a list of columns`);
  }
  return columns.data.map(column => {
    const tensor = column['tensor-spec'];
    return {
      name: column.name ?? null,
      type: tensor ? `tensor(${tensor.dtype})` : nameType(column),
      required: column.required ?? null,
      shape: tensor?.shape ?? column.shape ?? null,
    };
  });
}

function parseJson(json: string, part: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new InputError(`signature.${part}: expected JSON`, error);
  }
}

const nestedSchema = z.looseObject({
  type: z.string(),
  items: z.unknown().optional(),
  values: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.boolean().optional(),
});

/** Writes MLflow's nested types in one line, such as `array(object(id: long, note?: string))`. */
function nameType(column: unknown, depth = 0): string {
  const parsed = nestedSchema.safeParse(column);
  if (!parsed.success || depth > 10) {
    throw new InputError('signature: expected a column with a type');
  }
  const { type, items, values, properties } = parsed.data;
  switch (type) {
    case 'array':
      return `array(${nameType(items, depth + 1)})`;
    case 'map':
      return `map(${nameType(values, depth + 1)})`;
    case 'object': {
      const fields = Object.entries(properties ?? {}).map(([name, field]) => {
        const optional = nestedSchema.safeParse(field).data?.required === false;
        return `${name}${optional ? '?' : ''}: ${nameType(field, depth + 1)}`;
      });
      return `object(${fields.join(', ')})`;
    }
    default:
      return type;
  }
}
