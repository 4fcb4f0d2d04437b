import {
  AsyncBuffer,
  Compressors,
  parquetMetadataAsync,
  parquetReadObjects,
  SchemaElement,
  snappyUncompress,
} from 'hyparquet';

/**
 * A table as it is read, with what the file says of itself.
 *
 * @public
 */
export interface ParquetTable {
  rows: Array<Record<string, unknown>>;
  /** Whether these are all rows. */
  isWhole: boolean;
  /** Columns that hold lists or structures, of which nothing is read. */
  nested: string[];
  /** Keys and values in the footer. */
  notes: Map<string, string>;
}

/** Unpacks a page, or throws where it is longer than it said. */
type Unpack = (page: Uint8Array, most: number) => Uint8Array;

/** By the name of the codec in the file. */
type Unpackers = Partial<Record<'SNAPPY' | 'GZIP' | 'BROTLI' | 'ZSTD', Unpack>>;

/**
 * Reads columns of Parquet whose footer may lie: sizes are bounded before anything is unpacked, and while it is. Of the
 * file only its footer and those columns are read.
 *
 * @param options - `choose` says which columns, given all that hold plain values; with `head`, the first rows are read
 * where there are more than the limit; `unpackers` are what the place has besides Snappy.
 * @throws `Error` where they are larger, or it is no Parquet.
 * @public
 */
export async function readParquetRows(
  file: AsyncBuffer,
  options: {
    choose: (names: string[]) => string[];
    limits: { rows: number; unpackedBytes: number };
    head?: boolean;
    unpackers?: Unpackers;
  },
): Promise<ParquetTable> {
  const { choose, limits, head = false } = options;
  const metadata = await parquetMetadataAsync(file).catch(error => {
    throw damaged('in its footer', error);
  });
  const { flat, nested } = columnsOf(metadata.schema);
  const chosen = choose(flat);
  const count = Number(metadata.num_rows);
  const rowEnd = head ? Math.min(count, limits.rows) : count;
  const groups = groupsUpTo(metadata.row_groups, rowEnd);
  const columns = groups
    .flatMap(group => group.columns)
    .filter(({ meta_data: about }) =>
      chosen.includes(about?.path_in_schema[0] ?? ''),
    );
  const unpacked = columns.reduce(
    (sum, column) => sum + Number(column.meta_data?.total_uncompressed_size),
    0,
  );
  const grouped = metadata.row_groups.reduce(
    (sum, group) => sum + Number(group.num_rows),
    0,
  );
  if (
    !(unpacked >= 0 && unpacked <= limits.unpackedBytes) ||
    !(count >= 0 && rowEnd <= limits.rows && grouped === count)
  ) {
    throw new Error(
      `Its footer says that it unpacks to ${unpacked} bytes and ${count} rows; at most ${limits.unpackedBytes} and ${limits.rows} are read`,
    );
  }
  const unpackers: Unpackers = { SNAPPY: snappy, ...options.unpackers };
  const codec = columns
    .map(({ meta_data: about }) => about?.codec ?? 'UNCOMPRESSED')
    .find(name => name !== 'UNCOMPRESSED' && !(name in unpackers));
  if (codec !== undefined) {
    throw new Error(
      `It is packed with ${codec}, which is not read here; write it with ${Object.keys(
        unpackers,
      ).join(' or ')}`,
    );
  }
  const read = (names: string[]) =>
    parquetReadObjects({
      ...{ file, metadata, columns: names },
      ...(head && { rowStart: 0, rowEnd }),
      compressors: compressorsOf(unpackers, limits.unpackedBytes),
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
    isWhole: rowEnd === count,
    nested,
    notes: new Map(
      (metadata.key_value_metadata ?? []).map(({ key, value }) => [
        key,
        value ?? '',
      ]),
    ),
  };
}

/** The columns at the top of a schema: those of plain values, and those that hold others. */
function columnsOf(schema: SchemaElement[]) {
  const flat: string[] = [];
  const nested: string[] = [];
  let at = 1;
  while (at < schema.length) {
    const { name, num_children: children } = schema[at];
    (children ? nested : flat).push(name);
    let open = 1;
    while (open > 0 && at < schema.length) {
      open += (schema[at].num_children ?? 0) - 1;
      at += 1;
    }
  }
  return { flat, nested };
}

/** The groups that hold the rows before one. */
function groupsUpTo<Group extends { num_rows: bigint }>(
  groups: Group[],
  rowEnd: number,
): Group[] {
  let start = 0;
  return groups.filter(group => {
    const isNeeded = start < rowEnd;
    start += Number(group.num_rows);
    return isNeeded;
  });
}

/** Each is told how much it may unpack to; pages say so in headers of their own, which may lie too. */
function compressorsOf(given: Unpackers, most: number): Compressors {
  const bounded = (unpack: Unpack) => (page: Uint8Array, length: number) => {
    if (!(length >= 0 && length <= most)) {
      throw new Error(`a page says that it unpacks to ${length} bytes`);
    }
    return unpack(page, length);
  };
  return Object.fromEntries(
    Object.entries(given).map(([codec, unpack]) => [codec, bounded(unpack)]),
  );
}

function snappy(page: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  snappyUncompress(page, output);
  return output;
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
