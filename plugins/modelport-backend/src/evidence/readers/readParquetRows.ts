import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';

/** A table as it is read, with what the file says of itself. */
export interface ParquetTable {
  rows: Array<Record<string, unknown>>;
  columns: string[];
  /** Keys and values in the footer. */
  notes: Map<string, string>;
}

/**
 * Reads Parquet whose footer may lie: sizes are bounded before anything is unpacked, and while it is.
 *
 * @throws `Error` where it is larger, or no Parquet.
 */
export async function readParquetRows(
  bytes: Uint8Array,
  limits: { rows: number; unpackedBytes: number },
): Promise<ParquetTable> {
  const file = new Uint8Array(bytes).buffer;
  const metadata = parquetMetadata(file);
  const columns = metadata.row_groups.flatMap(group => group.columns);
  const unpacked = columns.reduce(
    (sum, column) => sum + Number(column.meta_data?.total_uncompressed_size),
    0,
  );
  const count = Number(metadata.num_rows);
  const grouped = metadata.row_groups.reduce(
    (sum, group) => sum + Number(group.num_rows),
    0,
  );
  if (
    !(unpacked >= 0 && unpacked <= limits.unpackedBytes) ||
    !(count >= 0 && count <= limits.rows && grouped === count)
  ) {
    throw new Error(
      `Its footer says that it unpacks to ${unpacked} bytes and ${count} rows; at most ${limits.unpackedBytes} and ${limits.rows} are read`,
    );
  }
  const limited = (output: number) => ({
    maxOutputLength: Math.min(Math.max(1, output), limits.unpackedBytes),
  });
  const rows = await parquetReadObjects({
    file,
    metadata,
    compressors: {
      GZIP: (input, output) => gunzipSync(input, limited(output)),
      BROTLI: (input, output) => brotliDecompressSync(input, limited(output)),
      ZSTD: (input, output) => zstdDecompressSync(input, limited(output)),
    },
  });
  return {
    rows,
    columns: metadata.schema
      .filter(({ num_children: children }) => !children)
      .map(({ name }) => name),
    notes: new Map(
      (metadata.key_value_metadata ?? []).map(({ key, value }) => [
        key,
        value ?? '',
      ]),
    ),
  };
}
