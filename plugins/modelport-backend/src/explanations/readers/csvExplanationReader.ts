import { parseCsv } from '@modelport/plugin-modelport-common/tables';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { isId, readExplanationTable } from './explanationTable';
import { producerOf, readSidecar, sidecarOf } from './readSidecar';

const FILE =
  /(^|\/)(shap|explanation|pred_?contribs?|feature_?contributions?)[^/]*\.csv$/i;

/** Reads explained rows from CSV with a heading, in the layout of the Parquet. */
export const csvExplanationReader: EvidenceReader = {
  id: 'explanation-csv',
  version: '1',
  kind: 'explanation',
  module: { path: __filename, name: 'csvExplanationReader' },
  matches: ({ kind, path, mediaType }) =>
    path !== null &&
    (FILE.test(path) ||
      (kind !== null && (path.endsWith('.csv') || mediaType === 'text/csv'))),
  beside: path => [sidecarOf(path)],
  read: (bytes, file) => {
    const sidecar = readSidecar(file);
    const [names = [], ...rows] = parseCsv(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    );
    for (const [place, row] of rows.entries()) {
      if (row.length !== names.length) {
        throw new Error(
          `Line ${place + 2}: expected ${names.length} cells, but there are ${
            row.length
          }`,
        );
      }
    }
    const columns = new Map(names.map((name, place) => [name, place]));
    return {
      schemaVersion: 1,
      producer: producerOf(sidecar),
      producedAt: null,
      body: readExplanationTable(
        {
          rows: rows.length,
          names,
          column: name =>
            rows.map(row => {
              const cell = row[columns.get(name) ?? -1];
              return isId(name) ? cell || null : valueOf(cell);
            }),
        },
        sidecar,
      ),
    };
  },
};

/** CSV knows no types: what reads as a number is one, but for ids, where `007` is not `7`. */
function valueOf(cell: string): string | number | null {
  if (cell === '' || cell === 'NaN' || cell === 'nan') {
    return null;
  }
  const number = Number(cell);
  return cell.trim() !== '' && Number.isFinite(number) ? number : cell;
}
