import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib';
import { refuseTooManyValues } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { readExplanationTable } from './explanationTable';
import { producerOf, readSidecar, sidecarOf } from './readSidecar';

/** Names under which explained rows lie among artefacts. */
const FILE =
  /(^|\/)(shap|explanation|pred_?contribs?|feature_?contributions?)[^/]*\.parquet$/i;
/** Bytes that the columns may unpack to. */
const MOST_UNPACKED = 512 * 1024 * 1024;

/** Reads explained rows from Parquet. */
export const parquetExplanationReader: EvidenceReader = {
  id: 'explanation-parquet',
  version: '1',
  kind: 'explanation',
  module: { path: __filename, name: 'parquetExplanationReader' },
  matches: ({ kind, path, head }) =>
    path !== null && (FILE.test(path) || (kind !== null && isParquet(head))),
  beside: path => [sidecarOf(path)],
  read: async (bytes, file) => {
    const sidecar = readSidecar(file);
    return {
      schemaVersion: 1,
      producer: producerOf(sidecar),
      producedAt: null,
      body: readExplanationTable(await readTable(bytes), sidecar),
    };
  },
};

function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1';
}

async function readTable(bytes: Uint8Array) {
  const file = new Uint8Array(bytes).buffer;
  const metadata = parquetMetadata(file);
  const rows = Number(metadata.num_rows);
  const names = metadata.schema
    .filter(({ num_children: children }) => !children)
    .map(({ name }) => name);
  const unpacked = metadata.row_groups
    .flatMap(group => group.columns)
    .reduce(
      (sum, column) =>
        sum + Number(column.meta_data?.total_uncompressed_size ?? 0),
      0,
    );
  if (!(unpacked <= MOST_UNPACKED)) {
    throw new Error(
      `It unpacks to ${unpacked} bytes; at most ${MOST_UNPACKED} are read`,
    );
  }
  refuseTooManyValues(
    rows,
    1,
    names.filter(name => name.startsWith('shap')).length || 1,
  );
  const limited = (output: number) => ({
    maxOutputLength: Math.max(1, output),
  });
  const read = await parquetReadObjects({
    file,
    metadata,
    compressors: {
      GZIP: (input, output) => gunzipSync(input, limited(output)),
      BROTLI: (input, output) => brotliDecompressSync(input, limited(output)),
      ZSTD: (input, output) => zstdDecompressSync(input, limited(output)),
    },
  });
  return {
    rows: read.length,
    names,
    column: (name: string) => read.map(row => row[name]),
  };
}
