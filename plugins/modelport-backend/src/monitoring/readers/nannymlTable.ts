import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib';
import { EvidenceFile } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { parseJson } from '../../parseJson';
import { numberOf } from './figureOf';
import { headText } from './headText';
import { TimeSpan } from './windowOfPath';

/** Bytes that the columns may unpack to. */
const MOST_UNPACKED = 256 * 1024 * 1024;
const MOST_ROWS = 100_000;

const FOLDER =
  /(^|\/)(nannyml|drift|monitoring|performance)\/(.*\/)?[^/]+\.(json|parquet)$/i;
const NAME = /nannyml[^/]*\.(json|parquet)$/i;

/** A chunk of NannyML: its window, its size, and its columns without the chunk's own. */
export interface NannymlChunk {
  window: TimeSpan;
  period: 'reference' | 'current';
  n: number | null;
  columns: Record<string, unknown>;
}

/** Whether a file may be a result of NannyML; by its path alone while its head is not there. */
export function mayBeNannyml({ path, head }: EvidenceFile): boolean {
  const isNamed = path !== null && (FOLDER.test(path) || NAME.test(path));
  if (head.length === 0) {
    return isNamed;
  }
  const text = headText(head);
  return text.startsWith('PAR1')
    ? path === null || /\.parquet$/i.test(path)
    : /^\s*\[\s*\{\s*"(chunk_)?(chunk_key|key)"/.test(text);
}

/**
 * Reads a result of NannyML 0.13, flat as its writers write it: a list of records as JSON, or Parquet.
 *
 * @throws `Error` where it has no chunks with times.
 */
export async function readNannymlTable(
  bytes: Uint8Array,
): Promise<NannymlChunk[]> {
  const isParquet = headText(bytes.subarray(0, 4)) === 'PAR1';
  const content = isParquet ? await readParquet(bytes) : parseJson(bytes);
  const rows = z
    .array(z.record(z.string(), z.unknown()))
    .max(MOST_ROWS)
    .safeParse(content);
  if (!rows.success) {
    throw new Error(
      `It is no result of NannyML: expected a list of at most ${MOST_ROWS} records, a chunk each`,
    );
  }
  return rows.data.map(toChunk);
}

function toChunk(row: Record<string, unknown>, place: number): NannymlChunk {
  const start = momentOf(part(row, 'start_date'));
  const end = momentOf(part(row, 'end_date'));
  if (start === null || end === null || end <= start) {
    throw new Error(
      `Chunk ${place} has no start and end date; NannyML writes them where a timestamp column was named`,
    );
  }
  const first = numberOf(part(row, 'start_index'));
  const last = numberOf(part(row, 'end_index'));
  return {
    window: {
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
    },
    period: part(row, 'period') === 'reference' ? 'reference' : 'current',
    n:
      first !== null && last !== null && last >= first
        ? last - first + 1
        : null,
    columns: Object.fromEntries(
      Object.entries(row).filter(
        ([key]) =>
          !key.startsWith('chunk_') || key === 'chunk_targets_missing_rate',
      ),
    ),
  };
}

function part(row: Record<string, unknown>, name: string): unknown {
  return row[`chunk_${name}`] ?? row[`chunk_chunk_${name}`];
}

/** Times without a zone are UTC; a last moment such as 23:59:59.999 stands for the moment after it. */
function momentOf(value: unknown): number | null {
  if (value instanceof Date) {
    return roundedUp(value.getTime());
  }
  if (typeof value !== 'string') {
    return null;
  }
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const time = Date.parse(hasZone ? value : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : roundedUp(time);
}

function roundedUp(time: number): number {
  return time % 1_000 === 999 ? time + 1 : time;
}

async function readParquet(bytes: Uint8Array): Promise<unknown> {
  const { parquetMetadata, parquetReadObjects } = await import('hyparquet');
  const file = new Uint8Array(bytes).buffer;
  const metadata = parquetMetadata(file);
  const unpacked = metadata.row_groups
    .flatMap(group => group.columns)
    .reduce(
      (sum, column) =>
        sum + Number(column.meta_data?.total_uncompressed_size ?? 0),
      0,
    );
  if (!(unpacked <= MOST_UNPACKED) || Number(metadata.num_rows) > MOST_ROWS) {
    throw new Error(
      `It unpacks to ${unpacked} bytes and ${metadata.num_rows} rows; at most ${MOST_UNPACKED} and ${MOST_ROWS} are read`,
    );
  }
  const limited = (output: number) => ({
    maxOutputLength: Math.max(1, output),
  });
  return parquetReadObjects({
    file,
    metadata,
    compressors: {
      GZIP: (input, output) => gunzipSync(input, limited(output)),
      BROTLI: (input, output) => brotliDecompressSync(input, limited(output)),
      ZSTD: (input, output) => zstdDecompressSync(input, limited(output)),
    },
  });
}
