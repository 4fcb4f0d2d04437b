import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { explanationOfArrays, Numbers } from './explanationArrays';
import { cellOf, withSidecar } from './explanationTable';
import { NpyArray, parseNpy } from './parseNpy';
import { producerOf, readSidecar, sidecarOf } from './readSidecar';
import { readZip } from './readZip';

const FILE = /(^|\/)(shap|explanation)[^/]*\.npz$/i;

/** Reads a `shap.Explanation` saved by `numpy.savez`: its attributes under their own names. */
export const npzExplanationReader: EvidenceReader = {
  id: 'explanation-npz',
  version: '1',
  kind: 'explanation',
  module: { path: __filename, name: 'npzExplanationReader' },
  matches: ({ kind, path }) =>
    path !== null &&
    (FILE.test(path) || (kind !== null && path.endsWith('.npz'))),
  beside: path => [sidecarOf(path)],
  read: (bytes, file) => {
    const sidecar = readSidecar(file);
    const files = readZip(bytes);
    const array = (name: string): NpyArray | null => {
      const found = files.get(`${name}.npy`);
      try {
        return found ? parseNpy(found) : null;
      } catch (error) {
        throw new Error(
          `${name}: ${error instanceof Error ? error.message : error}`,
        );
      }
    };
    const values = numbersOf('values', array('values'));
    const names = textsOf(array('feature_names')) ?? file.inputs;
    if (!values || !names) {
      throw new Error(
        'It needs the arrays values and feature_names; feature_names as text, such as numpy.array(names, dtype="U")',
      );
    }
    const data = array('data');
    const width = values.shape[1];
    const body = explanationOfArrays({
      values,
      baseValues: numbersOf('base_values', array('base_values')),
      outputs: numbersOf('outputs', array('outputs')),
      data: data
        ? {
            shape: data.shape,
            cell: (row, feature) => cellOf(data.data[row * width + feature]),
          }
        : null,
      features: names,
      rowIds: textsOf(array('row_ids')),
      classes: textsOf(array('output_names')),
    });
    return {
      schemaVersion: 1,
      producer: producerOf(sidecar) ?? { name: 'shap', version: null },
      producedAt: null,
      body: withSidecar({ ...body, explains: { output: 'margin' } }, sidecar),
    };
  },
};

function numbersOf(what: string, array: NpyArray | null): Numbers | null {
  if (array && Array.isArray(array.data)) {
    throw new Error(`${what}: expected numbers`);
  }
  return array && { shape: array.shape, data: asNumbers(array.data) };
}

function asNumbers(data: NpyArray['data']): ArrayLike<number> {
  return Array.isArray(data) ? [] : data;
}

function textsOf(array: NpyArray | null): string[] | null {
  return array && Array.from(array.data, String);
}
