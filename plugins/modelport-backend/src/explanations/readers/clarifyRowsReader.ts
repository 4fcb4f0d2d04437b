import { refuseTooManyValues } from '@modelport/plugin-modelport-common';
import { parseCsv } from '@modelport/plugin-modelport-common/tables';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { readClarifyAnalysis } from './clarifyAnalysis';
import { withSidecar } from './explanationTable';
import { readSidecar, sidecarOf } from './readSidecar';

const FILE = /(^|\/)explanations_shap\/out\.csv$/;
const COLUMN = /^(.+)_(label\d+)$/;

/**
 * Reads the rows that SageMaker Clarify writes with `save_local_shap_values`: `explanations_shap/out.csv`, a column a
 * feature and label, such as `age_label0`. The base value is the expected value that `analysis.json` names. The file holds
 * neither outputs nor values, so whether the parts add up and which way a feature works can't be said.
 */
export const clarifyRowsReader: EvidenceReader = {
  id: 'sagemaker-clarify-rows',
  version: '1',
  kind: 'explanation',
  module: { path: __filename, name: 'clarifyRowsReader' },
  matches: ({ path }) => path !== null && FILE.test(path),
  beside: path => [analysisOf(path), sidecarOf(path)],
  read: (bytes, file) => {
    const beside = file.beside?.[analysisOf(file.path ?? '')];
    const analysis = beside && readClarifyAnalysis(beside);
    const [names = [], ...lines] = parseCsv(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    );
    const columns = names.map((name, place) => {
      const [, feature, label] = COLUMN.exec(name) ?? [];
      if (feature === undefined || label === undefined) {
        throw new Error(
          `Column ${place + 1} is "${name.slice(
            0,
            100,
          )}"; expected <feature>_label<number>, as Clarify names them`,
        );
      }
      return { feature, label };
    });
    const features = [...new Set(columns.map(({ feature }) => feature))];
    const labels = [...new Set(columns.map(({ label }) => label))];
    refuseTooManyValues(lines.length, labels.length, features.length);
    const placeOf = new Map(
      columns.map(({ feature, label }, place) => [
        JSON.stringify([feature, label]),
        place,
      ]),
    );
    const bases = labels.map(
      label =>
        analysis?.labels.find(({ name }) => name === label)?.baseValue ?? null,
    );
    const known = bases.flatMap(base => base ?? []);
    const isOne = labels.length === 1;
    const cellOf = (
      line: string[],
      at: number,
      label: string,
      name: string,
    ) => {
      const place = placeOf.get(JSON.stringify([name, label]));
      const cell = place === undefined ? '' : line[place];
      const value = cell?.trim() ? Number(cell) : Number.NaN;
      if (!Number.isFinite(value)) {
        throw new Error(
          `Line ${
            at + 2
          }: the contribution of "${name}" to ${label} is no number`,
        );
      }
      return value;
    };
    return {
      schemaVersion: 1,
      producer: { name: 'SageMaker Clarify', version: null },
      producedAt: null,
      body: withSidecar(
        {
          explains: { output: 'margin', link: 'unknown' },
          perturbation: analysis?.method ?? 'kernel_shap',
          features: features.map(name => ({ name })),
          classes: isOne ? [] : labels,
          rows: lines.map((line, at) => {
            const lists = labels.map(label =>
              features.map(name => cellOf(line, at, label, name)),
            );
            return {
              // It names no rows: they are those of the data set, in its order.
              id: String(at),
              baseValue: known.length < labels.length ? null : alone(known),
              contributions: isOne ? lists[0] : lists,
            };
          }),
        },
        readSidecar(file),
      ),
    };
  },
};

function alone(values: number[]): number | number[] {
  return values.length === 1 ? values[0] : values;
}

/** It stands in the folder above. */
function analysisOf(path: string): string {
  return [...path.split('/').slice(0, -2), 'analysis.json'].join('/');
}
