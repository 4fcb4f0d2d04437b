import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { explanationOfArrays } from './explanationArrays';
import { withSidecar } from './explanationTable';
import { parseNpy } from './parseNpy';
import { producerOf, readSidecar, sidecarOf } from './readSidecar';

const FILE = /(^|\/)shap_values\.npy$/;
const BASE = 'base_values.npy';

/**
 * Reads what `mlflow.shap.log_explanation` writes: `shap_values.npy` with `base_values.npy` beside it. The names of the
 * features are those of the version's signature. The outputs themselves are not in these files, so whether the parts
 * add up can't be said.
 */
export const mlflowShapReader: EvidenceReader = {
  id: 'mlflow-shap',
  version: '1',
  kind: 'explanation',
  module: { path: __filename, name: 'mlflowShapReader' },
  matches: ({ path }) => path !== null && FILE.test(path),
  beside: path => [baseOf(path), sidecarOf(path)],
  read: (bytes, file) => {
    const sidecar = readSidecar(file);
    const base = file.beside?.[baseOf(file.path ?? '')];
    if (!base) {
      throw new Error(`There is no ${BASE} beside it`);
    }
    if (!file.inputs) {
      throw new Error(
        'The version has no signature, which would name the features in their order',
      );
    }
    const values = numbersOf('shap_values.npy', bytes);
    // A list of arrays, one an output, was written with the outputs first.
    const outputsFirst =
      values.shape.length === 3 &&
      values.shape[2] === file.inputs.length &&
      values.shape[1] !== file.inputs.length;
    const body = explanationOfArrays({
      values: outputsFirst ? outputsLast(values) : values,
      baseValues: numbersOf(BASE, base),
      data: null,
      features: file.inputs,
      rowIds: null,
      classes: null,
      outputs: null,
    });
    return {
      schemaVersion: 1,
      producer: producerOf(sidecar) ?? { name: 'mlflow.shap', version: null },
      producedAt: null,
      body: withSidecar(
        {
          ...body,
          explains: { output: explainedOutput(body.rows[0]?.baseValue) },
          // `log_explanation` uses the kernel explainer.
          perturbation: 'kernel',
        },
        sidecar,
      ),
    };
  },
};

/** What the explained function answered is not said; base values of several outputs that sum to 1 are shares. */
function explainedOutput(base: number | number[] | null | undefined) {
  const sum = Array.isArray(base)
    ? base.reduce((total, value) => total + value, 0)
    : Number.NaN;
  return Math.abs(sum - 1) < 1e-6 ? 'probability' : 'margin';
}

function baseOf(path: string): string {
  return [...path.split('/').slice(0, -1), BASE].join('/');
}

function numbersOf(what: string, bytes: Uint8Array) {
  try {
    const { shape, data } = parseNpy(bytes);
    if (Array.isArray(data)) {
      throw new Error('It holds texts; expected numbers');
    }
    return { shape, data };
  } catch (error) {
    throw new Error(
      `${what}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function outputsLast({
  shape,
  data,
}: {
  shape: number[];
  data: ArrayLike<number>;
}) {
  const [outputs, rows, width] = shape;
  const moved = new Float64Array(data.length);
  for (let output = 0; output < outputs; output++) {
    for (let at = 0; at < rows * width; at++) {
      moved[at * outputs + output] = data[output * rows * width + at];
    }
  }
  return { shape: [rows, width, outputs], data: moved };
}
