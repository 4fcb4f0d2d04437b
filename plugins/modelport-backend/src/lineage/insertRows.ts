import { Knex } from 'knex';
import { setImmediate } from 'node:timers/promises';
import { chunks } from '../models/chunks';

/** Rows of one statement that PostgreSQL takes. */
const ROWS = 2_000;

/** Rows of one statement that SQLite takes. */
const SQLITE_ROWS = 100;

/** Statements of SQLite, which runs in this process, before others get their turn. */
const SQLITE_IN_A_ROW = 10;

/** Characters of JSON in one statement; one row may be longer. */
const MAX_TEXT = 8_000_000;

/** What is written of a column. */
type Value = string | number | null;

/** Where and what to write. */
interface Options<C extends string> {
  /** The columns with their types. */
  columns: Record<C, 'text' | 'integer'>;
  /** What follows `on conflict`. */
  onConflict: string;
  returning?: string;
}

/**
 * Inserts many rows fast. PostgreSQL takes them as one JSON array: it has one value to bind and always the same text to
 * parse, which makes thousands of rows several times as fast as a list of values. To SQLite, which runs in this process,
 * a list of values costs less than taking JSON apart.
 *
 * @returns what `returning` names of each row that was written.
 */
export async function insertRows<C extends string>(
  trx: Knex.Transaction,
  table: string,
  rows: Array<Record<C, Value>>,
  options: Options<C>,
): Promise<Array<Record<string, unknown>>> {
  const names = Object.keys(options.columns)
    .map(name => `"${name}"`)
    .join(', ');
  const write = async (source: string, values: Value[]) =>
    rowsOf(
      await trx.raw(
        `insert into "${table}" (${names}) ${source} on conflict ${
          options.onConflict
        }${options.returning ? ` returning ${options.returning}` : ''}`,
        values,
      ),
    );
  const columns = Object.entries<'text' | 'integer'>(options.columns);
  const written: Array<Record<string, unknown>> = [];
  if (trx.client.config.client === 'better-sqlite3') {
    const row = `(${columns.map(() => '?').join(', ')})`;
    for (const [index, some] of chunks(rows, SQLITE_ROWS).entries()) {
      if (index % SQLITE_IN_A_ROW === SQLITE_IN_A_ROW - 1) {
        await setImmediate();
      }
      written.push(
        ...(await write(
          `values ${some.map(() => row).join(', ')}`,
          some.flatMap(one => valuesOf(one, columns)),
        )),
      );
    }
    return written;
  }
  const source = `select ${names} from json_to_recordset(?::json) as r(${columns
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ')})`;
  for (const some of chunks(rows, ROWS)) {
    for (const text of arraysOf(some)) {
      written.push(...(await write(source, [text])));
    }
  }
  return written;
}

function valuesOf(
  row: Record<string, Value>,
  columns: Array<[string, unknown]>,
): Value[] {
  return columns.map(([name]) => row[name]);
}

/** The rows as JSON arrays that are not too long. */
function arraysOf(rows: object[]): string[] {
  const arrays: string[] = [];
  let parts: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (length + text.length > MAX_TEXT && parts.length > 0) {
      arrays.push(`[${parts.join(',')}]`);
      parts = [];
      length = 0;
    }
    parts.push(text);
    length += text.length;
  }
  return parts.length > 0 ? [...arrays, `[${parts.join(',')}]`] : arrays;
}

/** SQLite gives the rows, PostgreSQL an answer that holds them. */
function rowsOf(result: unknown): Array<Record<string, unknown>> {
  const rows =
    typeof result === 'object' && result !== null && 'rows' in result
      ? result.rows
      : result;
  return Array.isArray(rows) ? rows : [];
}
