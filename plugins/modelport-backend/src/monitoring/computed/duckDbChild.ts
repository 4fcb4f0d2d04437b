import {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBVector,
} from '@duckdb/node-api';
import { ExactFigures } from '@modelport/plugin-modelport-common';
import { MonitoringRow } from '@modelport/plugin-modelport-node';
import { compareSorted } from './compareSorted';
import {
  MOST_ROWS_AT_ONCE,
  NumberTallies,
  Tallied,
  TallyTask,
} from './NumberTallies';
import { ColumnShape, shapeOf } from './shapeOf';

/** This module's own file, which the process starts with. */
export const CHILD_FILE = __filename;

/** Values of a column that are held at once: 8 bytes each, in memory that no limit of the process is about. */
const MOST_VALUES = 25_000_000;

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
  /** These statements give the place of a window and the numbers of the columns, or their marks. */
  | { op: 'shapes'; statement: string; columns: number }
  | { op: 'tally'; statement: string; task: TallyTask }
  | { op: 'compare'; reference: string; current: string };

let connection: DuckDBConnection | undefined;
/** The column that was sorted last: every window is compared with the same reference. */
let sortedReference:
  | { statement: string; sorted: Float64Array | null }
  | undefined;

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
  // What is no number, such as a correlation with a constant, is a word: numbers are finite.
  return typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
    ? value
    : String(value);
}

/** What a statement gives, part by part: while one is worked on, the next is read. */
async function* chunksOf(statement: string): AsyncGenerator<DuckDBDataChunk> {
  const result = await opened().stream(statement);
  let next = result.fetchChunk();
  for (;;) {
    const chunk = await next;
    if (!chunk || chunk.rowCount === 0) {
      return;
    }
    next = result.fetchChunk();
    // Where the work ends before, what the last read said is of no use.
    next.catch(() => undefined);
    yield chunk;
  }
}

/** Finite numbers of a column, as they are read. */
class HeldNumbers {
  n = 0;
  private numbers = new Float64Array(1 << 16);

  add(values: DuckDBVector, rows: number): void {
    if (this.n + rows > this.numbers.length) {
      const larger = new Float64Array(2 * this.numbers.length);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    const { numbers } = this;
    let { n } = this;
    for (let row = 0; row < rows; row++) {
      const value = Number(values.getItem(row));
      if (Number.isFinite(value)) {
        numbers[n++] = value;
      }
    }
    this.n = n;
  }

  all(): Float64Array {
    return this.numbers.subarray(0, this.n);
  }
}

/** The finite numbers of some columns of a statement; null where one has more than are held in memory. */
async function valuesOf(
  statement: string,
  columns: number[],
): Promise<Float64Array[] | null> {
  const held = columns.map(() => new HeldNumbers());
  for await (const chunk of chunksOf(statement)) {
    const { rowCount } = chunk;
    for (const [at, one] of held.entries()) {
      if (one.n + rowCount > MOST_VALUES) {
        return null;
      }
      one.add(chunk.getColumnVector(columns[at]), rowCount);
    }
  }
  return held.map(one => one.all());
}

async function tally(statement: string, task: TallyTask): Promise<Tallied> {
  const tallies = new NumberTallies(task);
  const places = new Int32Array(MOST_ROWS_AT_ONCE);
  const numbers = task.edges.map(() => new Float64Array(MOST_ROWS_AT_ONCE));
  for await (const chunk of chunksOf(statement)) {
    const { rowCount } = chunk;
    const windows = chunk.getColumnVector(0);
    for (let row = 0; task.windows > 1 && row < rowCount; row++) {
      places[row] = Number(windows.getItem(row));
    }
    for (const [at, column] of numbers.entries()) {
      const values = chunk.getColumnVector(at + 1);
      for (let row = 0; row < rowCount; row++) {
        column[row] = Number(values.getItem(row));
      }
    }
    tallies.add(places, numbers, rowCount);
  }
  return tallies.result();
}

async function sorted(statement: string): Promise<Float64Array | null> {
  const [values = null] = (await valuesOf(statement, [0])) ?? [];
  return values && values.sort();
}

async function shapes(
  statement: string,
  columns: number,
): Promise<ColumnShape[]> {
  const values = await valuesOf(
    statement,
    Array.from({ length: columns }, (_, at) => at + 1),
  );
  if (!values) {
    throw new Error(
      `The reference has more than ${MOST_VALUES} values in a column, which is the most that bins are made of; take a sample of it, or give the edges`,
    );
  }
  return values.map(shapeOf);
}

async function compare(task: {
  reference: string;
  current: string;
}): Promise<ExactFigures | null> {
  const reference = await sortedOnce(task.reference);
  const current = reference && (await sorted(task.current));
  return reference && current && compareSorted(reference, current);
}

async function sortedOnce(statement: string): Promise<Float64Array | null> {
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
    case 'shapes':
      return shapes(task.statement, task.columns);
    case 'tally':
      return tally(task.statement, task.task);
    default:
      return compare(task);
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
