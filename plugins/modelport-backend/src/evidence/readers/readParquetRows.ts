import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib';
import { FileParts } from '@modelport/plugin-modelport-node';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';

/** A table as it is read, with what the file says of itself. */
export interface ParquetTable {
  rows: Array<Record<string, unknown>>;
  /** Keys and values in the footer. */
  notes: Map<string, string>;
}

/**
 * Reads columns of Parquet whose footer may lie: sizes are bounded before anything is unpacked, and while it is. Of the
 * file only its footer and those columns are read.
 *
 * @param options - `choose` says which columns, given all there are.
 * @throws `Error` where they are larger, or it is no Parquet.
 */
export async function readParquetRows(
  file: FileParts,
  options: {
    choose: (names: string[]) => string[];
    limits: { rows: number; unpackedBytes: number };
  },
): Promise<ParquetTable> {
  const { choose, limits } = options;
  const metadata = await parquetMetadataAsync(file).catch(error => {
    throw damaged('in its footer', error);
  });
  const chosen = choose(
    metadata.schema
      .filter(({ num_children: children }) => !children)
      .map(({ name }) => name),
  );
  const columns = metadata.row_groups
    .flatMap(group => group.columns)
    .filter(({ meta_data: about }) =>
      chosen.includes(about?.path_in_schema[0] ?? ''),
    );
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
  const read = (names: string[]) =>
    parquetReadObjects({
      file,
      metadata,
      columns: names,
      compressors: {
        GZIP: (input, output) => gunzipSync(input, limited(output)),
        BROTLI: (input, output) => brotliDecompressSync(input, limited(output)),
        ZSTD: (input, output) => zstdDecompressSync(input, limited(output)),
      },
    });
  const rows = await read(chosen).catch(async error => {
    for (const name of chosen) {
      await read([name]).catch(ofColumn => {
        throw damaged(`in the column "${name}"`, ofColumn);
      });
    }
    throw damaged('in its columns', error);
  });
  return {
    rows,
    notes: new Map(
      (metadata.key_value_metadata ?? []).map(({ key, value }) => [
        key,
        value ?? '',
      ]),
    ),
  };
}

/** What a damaged file makes the library stumble over says nothing to whoever wrote the file. */
function damaged(where: string, error: unknown): Error {
  const isInner =
    !(error instanceof Error) ||
    error instanceof TypeError ||
    error instanceof RangeError ||
    'code' in error;
  return new Error(
    `The file is damaged or cut short: it can't be read as Parquet ${where}${
      isInner ? '' : ` (${error.message})`
    }`,
  );
}
