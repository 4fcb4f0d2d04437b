import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseJson } from '../../parseJson';
import { explanationOfArrays, Numbers } from './explanationArrays';
import { cellOf, withSidecar } from './explanationTable';
import { producerOf, readSidecar, sidecarOf } from './readSidecar';

const FILE = /(^|\/)shap[-_]?(explanation|rows|values)[^/]*\.json$/i;

const names = z.array(z.union([z.string(), z.number()]).transform(String));

const layout = z.looseObject({
  values: z.unknown(),
  base_values: z.unknown().optional(),
  data: z.array(z.array(z.unknown())).nullish(),
  outputs: z.unknown().optional(),
  feature_names: names,
  output_names: names.nullish(),
  row_ids: names.nullish(),
  subjects: names.nullish(),
});

/** Reads a `shap.Explanation` saved as JSON: its attributes under their own names. */
export const jsonExplanationReader: EvidenceReader = {
  id: 'explanation-json',
  version: '1',
  kind: 'explanation',
  module: { path: __filename, name: 'jsonExplanationReader' },
  matches: ({ path }) => path !== null && FILE.test(path),
  beside: path => [sidecarOf(path)],
  read: (bytes, file) => {
    const sidecar = readSidecar(file);
    const found = layout.safeParse(parseJson(bytes));
    if (!found.success) {
      const [issue] = found.error.issues;
      throw new Error(`${issue.path.join('.')}: ${issue.message}`);
    }
    const { data, base_values: base, outputs, ...rest } = found.data;
    const body = explanationOfArrays({
      values: numbersOf('values', rest.values),
      baseValues:
        base === undefined || base === null
          ? null
          : numbersOf('base_values', base),
      outputs:
        outputs === undefined || outputs === null
          ? null
          : numbersOf('outputs', outputs),
      data: data
        ? {
            shape: shapeOf(data),
            cell: (row, feature) => cellOf(data[row][feature]),
          }
        : null,
      features: rest.feature_names,
      rowIds: rest.row_ids ?? null,
      subjects: rest.subjects,
      classes: rest.output_names ?? null,
    });
    return {
      schemaVersion: 1,
      producer: producerOf(sidecar) ?? { name: 'shap', version: null },
      producedAt: null,
      body: withSidecar({ ...body, explains: { output: 'margin' } }, sidecar),
    };
  },
};

/** @throws `Error` where the rows have different lengths. */
function shapeOf(data: unknown[][]): number[] {
  const width = data[0]?.length ?? 0;
  const odd = data.findIndex(row => row.length !== width);
  if (odd >= 0) {
    throw new Error(
      `data: row ${odd + 1} has ${
        data[odd].length
      } values where the first has ${width}`,
    );
  }
  return [data.length, width];
}

/** Nested lists as one, with their shape. */
function numbersOf(what: string, nested: unknown): Numbers {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
  }
  const data: number[] = [];
  const walk = (level: unknown, depth: number) => {
    if (Array.isArray(level)) {
      if (level.length !== shape[depth]) {
        throw new Error(
          `${what}: a list has ${level.length} elements where others have ${shape[depth]}`,
        );
      }
      for (const below of level) {
        walk(below, depth + 1);
      }
    } else if (depth === shape.length && typeof level === 'number') {
      data.push(level);
    } else {
      throw new Error(`${what}: expected numbers in lists of equal lengths`);
    }
  };
  walk(nested, 0);
  return { shape, data };
}
