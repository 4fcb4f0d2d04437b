import { readParquetRows } from '@modelport/plugin-modelport-common/tables';
import { checkHeading, readCsvSample } from './readCsvSample';
import { MOST_ROWS, SampleFile, SampleTable } from './SampleTable';

/** What the looked-at columns of a Parquet may unpack to. */
const MOST_UNPACKED = 512_000_000;
/** Largest file; a sample is a part of the data. */
const MOST_FILE = 2_000_000_000;

/** How files begin that people take for a table. */
const OTHERS: Array<[string, string]> = [
  ['PK\x03\x04', 'It is a zip archive or a spreadsheet; save it as CSV'],
  ['\x1f\x8b', 'It is packed with gzip; unpack it first'],
  ['\x28\xb5\x2f\xfd', 'It is packed with Zstandard; unpack it first'],
  ['SQLite format 3', 'It is a database; export a table of it as CSV'],
  ['%PDF', 'It is a PDF; give the table as CSV or Parquet'],
];

/**
 * Reads the first rows of a CSV or Parquet file, whatever it is called.
 *
 * @throws `Error` that says why it is none of them.
 */
export async function readSample(file: SampleFile): Promise<SampleTable> {
  if (file.size === 0) {
    throw new Error('It is empty');
  }
  if (file.size > MOST_FILE) {
    throw new Error(
      `It is larger than ${MOST_FILE / 1_000_000_000} GB; give a part of it`,
    );
  }
  const head = String.fromCharCode(
    ...new Uint8Array(await file.slice(0, 16).arrayBuffer()),
  );
  const other = OTHERS.find(([start]) => head.startsWith(start));
  if (other) {
    throw new Error(other[1]);
  }
  return head.startsWith('PAR1') ? readParquet(file) : readCsvSample(file);
}

async function readParquet(file: SampleFile): Promise<SampleTable> {
  let names: string[] = [];
  const { rows, isWhole, nested } = await readParquetRows(
    {
      byteLength: file.size,
      slice: async (start, end) => file.slice(start, end).arrayBuffer(),
    },
    {
      choose: columns => {
        checkHeading(columns);
        names = columns;
        return columns;
      },
      limits: { rows: MOST_ROWS, unpackedBytes: MOST_UNPACKED },
      head: true,
    },
  );
  if (rows.length === 0) {
    throw new Error('It holds no rows');
  }
  return {
    columns: names.map(name => ({
      name,
      values: rows.map(row => row[name]),
    })),
    rows: rows.length,
    isWhole,
    nested,
    notes: [],
  };
}
