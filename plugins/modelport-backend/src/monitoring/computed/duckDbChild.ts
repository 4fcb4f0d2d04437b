import {
  DuckDBConnection,
  DuckDBInstance,
  DuckDBListValue,
} from '@duckdb/node-api';
import { MonitoringRow } from '@modelport/plugin-modelport-node';
import { ColumnShape, compareSorted } from './compareSorted';
import { MOST_DISTINCT } from './statements';

const DECILES = '[0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]';

/** This module's own file, which the process starts with. */
export const CHILD_FILE = __filename;

/** What the process is told first. */
export interface DuckDbSettings {
  /** Files that may be read, and nothing else. */
  files: string[];
  /** Where values go that memory does not hold. */
  folder: string;
  memoryMegabytes: number;
}

/** What the process is asked. */
export type DuckDbTask =
  | { op: 'open'; settings: DuckDbSettings }
  | { op: 'query'; statement: string }
  | { op: 'shape'; statement: string }
  | { op: 'compare'; reference: string; current: string };

let connection: DuckDBConnection | undefined;
/** The column that was sorted last: every window is compared with the same reference. */
let sortedReference: { statement: string; sorted: Float64Array } | undefined;

async function open(settings: DuckDbSettings): Promise<null> {
  const list = `[${settings.files
    .map(file => `'${file.replace(/'/g, "''")}'`)
    .join(', ')}]`;
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${settings.memoryMegabytes}MB`,
    temp_directory: settings.folder,
    threads: '2',
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  connection = await instance.connect();
  for (const statement of [
    "SET TimeZone = 'UTC'",
    `SET allowed_paths = ${list}`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ]) {
    await connection.run(statement);
  }
  return null;
}

async function query(statement: string): Promise<MonitoringRow[]> {
  const result = await opened().runAndReadAll(statement);
  return result
    .getRowObjects()
    .map(row =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, plain(value)]),
      ),
    );
}

function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === 'bigint') {
    return Number(value);
  }
  return typeof value === 'number' || typeof value === 'boolean'
    ? value
    : String(value);
}

async function sorted(statement: string): Promise<Float64Array> {
  const result = await opened().stream(statement);
  let numbers = new Float64Array(1 << 16);
  let n = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) {
      return numbers.subarray(0, n).sort();
    }
    if (n + chunk.rowCount > numbers.length) {
      const larger = new Float64Array(2 * numbers.length);
      larger.set(numbers);
      numbers = larger;
    }
    const values = chunk.getColumnVector(0);
    for (let row = 0; row < chunk.rowCount; row++) {
      numbers[n++] = Number(values.getItem(row));
    }
  }
}

/** What bins are made of: quantiles of the database, which takes no time to sort. */
async function shape(statement: string): Promise<ColumnShape> {
  const [row] = (
    await opened().runAndReadAll(
      `SELECT count(*) AS n, approx_count_distinct(number) AS about, quantile_cont(number, ${DECILES}) AS deciles FROM (${statement}) AS shaped`,
    )
  ).getRowObjects();
  const deciles =
    row.deciles instanceof DuckDBListValue ? row.deciles.items : [];
  // About is near enough to tell few numbers from many.
  const isFew = Number(row.about) <= 2 * MOST_DISTINCT;
  const distinct = isFew
    ? await sorted(
        `SELECT DISTINCT number FROM (${statement}) AS shaped ORDER BY number LIMIT ${
          MOST_DISTINCT + 1
        }`,
      )
    : null;
  return {
    n: Number(row.n),
    deciles: [...new Set(deciles.map(Number))],
    distinct:
      distinct && distinct.length <= MOST_DISTINCT ? [...distinct] : null,
  };
}

async function sortedOnce(statement: string): Promise<Float64Array> {
  if (sortedReference?.statement !== statement) {
    // Two references at once are more than is needed.
    sortedReference = undefined;
    sortedReference = { statement, sorted: await sorted(statement) };
  }
  return sortedReference.sorted;
}

function opened(): DuckDBConnection {
  if (!connection) {
    throw new Error('The database is not open');
  }
  return connection;
}

async function answer(task: DuckDbTask): Promise<unknown> {
  switch (task.op) {
    case 'open':
      return open(task.settings);
    case 'query':
      return query(task.statement);
    case 'shape':
      return shape(task.statement);
    default:
      return compareSorted(
        await sortedOnce(task.reference),
        await sorted(task.current),
      );
  }
}

// In the process that is started with this file; where it is imported for its name, nothing listens.
if (process.env.MODELPORT_DUCKDB_CHILD === CHILD_FILE) {
  process.on('message', (task: DuckDbTask) => {
    answer(task).then(
      value => process.send?.({ modelport: { value } }),
      error =>
        process.send?.({
          modelport: {
            failed: error instanceof Error ? error.message : String(error),
          },
        }),
    );
  });
  process.on('disconnect', () => process.exit());
}
