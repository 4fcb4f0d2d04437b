import {
  ParquetTable,
  readParquetRows as readRows,
} from '@modelport/plugin-modelport-common/tables';
import { FileParts } from '@modelport/plugin-modelport-node';
import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib';

/** Reads columns of Parquet, packed in any way that Node.js unpacks; see `readParquetRows` of the common package. */
export async function readParquetRows(
  file: FileParts,
  options: {
    choose: (names: string[]) => string[];
    limits: { rows: number; unpackedBytes: number };
  },
): Promise<ParquetTable> {
  return readRows(file, {
    ...options,
    unpackers: {
      GZIP: (page, most) => gunzipSync(page, limited(most)),
      BROTLI: (page, most) => brotliDecompressSync(page, limited(most)),
      ZSTD: (page, most) => zstdDecompressSync(page, limited(most)),
    },
  });
}

function limited(most: number) {
  return { maxOutputLength: Math.max(1, most) };
}
