import { MonitoringDialect } from '@modelport/plugin-modelport-node';
import { DateTime } from 'luxon';
import { TimeWindow } from './windowsOf';

/** Largest finite number; what is not at most that is infinite, or not a number, which engines sort above all. */
export const LARGEST = '1.7976931348623157E308';

/** Marks of what is in no bin. */
export const NO_BIN = { missing: -1, wrongType: -2, notFinite: -3 };

/** Categories that are kept of a reference; what is beyond is counted together. */
export const MOST_CATEGORIES = 200;
/** Distinct numbers that are counted one by one. */
export const MOST_DISTINCT = 20;

/** How the time of rows is written. */
export interface TimeColumn {
  column: string;
  /** Whether it says moments, or times of a calendar in the monitor's zone. */
  kind: 'moment' | 'wallTime';
  zone: string;
}

/** Rows that statements are about. */
export interface Rows {
  dialect: MonitoringDialect;
  /** What stands after FROM. */
  relation: string;
  /** Rows of these windows only; of all where there is no time. */
  time?: TimeColumn;
  windows?: TimeWindow[];
  /** Names of the columns that there are, in small letters; of another column, every value is missing. All unless given. */
  known?: ReadonlySet<string>;
}

/** An identifier. */
export function identifier(dialect: MonitoringDialect, name: string): string {
  const { quote } = dialect;
  return `${quote}${name.split(quote).join(quote + quote)}${quote}`;
}

/** A text. Backslashes mean something to some engines and nothing to others, so they are never written. */
export function literal(text: string): string {
  const parts = text.split('\\').map(part => `'${part.replace(/'/g, "''")}'`);
  return parts.length === 1 ? parts[0] : `concat(${parts.join(', chr(92), ')})`;
}

/** The columns that there are. */
export function columnsStatement(relation: string): string {
  return `SELECT column_name AS name FROM (DESCRIBE SELECT * FROM ${relation})`;
}

/** From when to when rows are, and how their time is written. */
export function timeStatement(rows: Rows, column: string): string {
  const time = identifier(rows.dialect, column);
  return `SELECT typeof(min(${time})) AS type, CAST(min(${time}) AS STRING) AS lowest, CAST(max(${time}) AS STRING) AS highest, count(*) AS n, count(${time}) AS present FROM ${rows.relation}`;
}

/** Counts of a numeric column in fixed bins `[lo, hi)` with open ends, with the moments of each, by windows. */
export function binsStatement(
  rows: Rows,
  column: string,
  edges: readonly number[],
): string {
  const last = edges.length - 2;
  const bins = edges
    .slice(1, -1)
    .map((edge, bin) => `WHEN number < ${number(edge)} THEN ${bin} `)
    .join('');
  const outside = `number < ${number(edges[0])} OR number > ${number(
    edges[edges.length - 1],
  )}`;
  return `SELECT w, bin, count(*) AS n, sum(CASE WHEN bin >= 0 AND (${outside}) THEN 1 ELSE 0 END) AS outside, avg(number) AS mean, var_pop(number) AS variance, min(number) AS lowest, max(number) AS highest FROM (SELECT w, number, CASE ${noBin()} ${bins}ELSE ${last} END AS bin FROM (${numbers(
    rows,
    column,
  )}) AS finite_numbers) AS binned GROUP BY w, bin`;
}

/** Counts of what can and cannot be counted of a column, and the moments of its numbers, without any bin. */
export function summaryStatement(rows: Rows, column: string): string {
  return `SELECT w, bin, count(*) AS n, avg(number) AS mean, var_pop(number) AS variance, min(number) AS lowest, max(number) AS highest FROM (SELECT w, number, CASE ${noBin()} ELSE 0 END AS bin FROM (${numbers(
    rows,
    column,
  )}) AS finite_numbers) AS binned GROUP BY w, bin`;
}

/** The first distinct numbers of a column with their counts: one more than are counted one by one. */
export function distinctStatement(rows: Rows, column: string): string {
  return `SELECT number, count(*) AS n FROM (${numbers(
    rows,
    column,
  )}) AS finite_numbers WHERE number IS NOT NULL GROUP BY number ORDER BY number LIMIT ${
    MOST_DISTINCT + 1
  }`;
}

/** Quantiles of a column's numbers, interpolated linearly. */
export function quantilesStatement(
  rows: Rows,
  column: string,
  shares: number[],
): string {
  return `SELECT ${shares
    .map(
      (share, at) =>
        `percentile_cont(${share}) WITHIN GROUP (ORDER BY number) AS q${at}`,
    )
    .join(', ')} FROM (${numbers(
    rows,
    column,
  )}) AS finite_numbers WHERE number IS NOT NULL`;
}

/** Counts of the most frequent categories of a column; missing ones are a category without a name. */
export function categoriesStatement(rows: Rows, column: string): string {
  return `SELECT category, count(*) AS n FROM (${categories(
    rows,
    column,
  )}) AS named GROUP BY category ORDER BY n DESC, category LIMIT ${
    MOST_CATEGORIES + 2
  }`;
}

/** Counts of known categories, of all others together and of what is missing, by windows. */
export function knownCategoriesStatement(
  rows: Rows,
  column: string,
  known: readonly string[],
): string {
  const listed = known.map(literal).join(', ');
  const category = known.length
    ? `CASE WHEN category IS NULL THEN 'missing' WHEN category IN (${listed}) THEN concat('=', category) ELSE 'other' END`
    : `CASE WHEN category IS NULL THEN 'missing' ELSE 'other' END`;
  return `SELECT w, category, count(*) AS n FROM (SELECT w, ${category} AS category FROM (${categories(
    rows,
    column,
  )}) AS named) AS known GROUP BY w, category`;
}

/** How many rows there are. */
export function countStatement(rows: Rows): string {
  return `SELECT count(*) AS n FROM (${source(rows)}) AS rows_in_windows`;
}

/** How many values there are and how many are missing, by windows, and nothing of the values themselves. */
export function presenceStatement(rows: Rows, column: string): string {
  return `SELECT w, count(*) AS n, count(value) AS present FROM (${source(
    rows,
    column,
  )}) AS rows_in_windows GROUP BY w`;
}

/** Kolmogorov–Smirnov and Wasserstein of all values of two sets of rows. */
export function exactStatement(
  reference: Rows,
  current: Rows,
  column: string,
): string {
  const values = [
    `SELECT number, 1 AS r, 0 AS c FROM (${valuesStatement(
      reference,
      column,
    )}) AS reference_numbers`,
    `SELECT number, 0 AS r, 1 AS c FROM (${valuesStatement(
      current,
      column,
    )}) AS current_numbers`,
  ].join(' UNION ALL ');
  return `SELECT max(n) AS n, max(m) AS m, max(abs(f / n - g / m)) AS ks, sum(abs(f / n - g / m) * (following - number)) AS wasserstein, sum(sqrt(f / n * (1 - f / n)) * (following - number)) AS spread FROM (SELECT number, CAST(sum(r) OVER upto AS DOUBLE) AS f, CAST(sum(c) OVER upto AS DOUBLE) AS g, sum(r) OVER () AS n, sum(c) OVER () AS m, lead(number) OVER (ORDER BY number) AS following FROM (SELECT number, sum(r) AS r, sum(c) AS c FROM (${values}) AS all_values GROUP BY number) AS counted WINDOW upto AS (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS distributions`;
}

/** Pearson's correlations of pairs of columns, which are named by their places, by windows. */
export function correlationsStatement(
  rows: Rows,
  columns: string[],
  pairs: Array<[number, number]>,
): string {
  const finite = columns
    .map((_column, at) => {
      const value = `try_cast(value${at > 0 ? at + 1 : ''} AS DOUBLE)`;
      return `CASE WHEN abs(${value}) <= ${LARGEST} THEN ${value} END AS n${at}`;
    })
    .join(', ');
  const correlations = pairs
    .map(([a, b], at) => `corr(n${a}, n${b}) AS r${at}`)
    .join(', ');
  return `SELECT w, count(*) AS n, ${correlations} FROM (SELECT w, ${finite} FROM (${source(
    rows,
    ...columns,
  )}) AS rows_in_windows) AS finite_numbers GROUP BY w`;
}

/** A column's numbers, in no order. */
export function valuesStatement(rows: Rows, column: string): string {
  return `SELECT number FROM (${numbers(
    rows,
    column,
  )}) AS finite_numbers WHERE number IS NOT NULL`;
}

/** The window of each row, and the numbers of some columns; what is none is one of `MARKS` of `NumberTallies`. */
export function markedNumbersStatement(rows: Rows, columns: string[]): string {
  const values = columns.map((_column, at) => `value${at > 0 ? at + 1 : ''}`);
  const casts = values.map(
    (value, at) => `${value}, try_cast(${value} AS DOUBLE) AS cast${at}`,
  );
  const marked = values.map(
    (value, at) =>
      `CASE WHEN ${value} IS NULL THEN CAST('NaN' AS DOUBLE) WHEN cast${at} IS NULL THEN CAST('-Infinity' AS DOUBLE) WHEN abs(cast${at}) <= ${LARGEST} THEN cast${at} ELSE CAST('Infinity' AS DOUBLE) END AS number${at}`,
  );
  return `SELECT w, ${marked.join(', ')} FROM (SELECT w, ${casts.join(
    ', ',
  )} FROM (${source(rows, ...columns)}) AS rows_in_windows) AS cast_values`;
}

/** A column's numbers with their windows; null where there is none. */
function numbers(rows: Rows, column: string): string {
  return `SELECT w, value, cast_value, CASE WHEN abs(cast_value) <= ${LARGEST} THEN cast_value END AS number FROM (SELECT w, value, try_cast(value AS DOUBLE) AS cast_value FROM (${source(
    rows,
    column,
  )}) AS rows_in_windows) AS cast_values`;
}

function noBin(): string {
  return `WHEN value IS NULL THEN ${NO_BIN.missing} WHEN cast_value IS NULL THEN ${NO_BIN.wrongType} WHEN number IS NULL THEN ${NO_BIN.notFinite}`;
}

function categories(rows: Rows, column: string): string {
  return `SELECT w, regexp_replace(CAST(value AS STRING), '[.]0$', '') AS category FROM (${source(
    rows,
    column,
  )}) AS rows_in_windows`;
}

/** Values of some columns with the place of their window. */
export function source(rows: Rows, ...columns: string[]): string {
  const values = columns.map(
    (column, at) =>
      `${
        rows.known?.has(column.toLowerCase()) === false
          ? 'CAST(NULL AS STRING)'
          : identifier(rows.dialect, column)
      } AS value${at > 0 ? at + 1 : ''}`,
  );
  if (!rows.time || !rows.windows) {
    return `SELECT ${['0 AS w', ...values].join(', ')} FROM ${rows.relation}`;
  }
  const { dialect, time, windows } = rows;
  const type = time.kind === 'moment' ? dialect.moment : dialect.wallTime;
  const at = `try_cast(${identifier(dialect, time.column)} AS ${type})`;
  const bound = (milliseconds: number) =>
    `CAST('${writtenTime(milliseconds, time)}' AS ${type})`;
  const places = windows
    .slice(0, -1)
    .map(({ end }, place) => `WHEN ${at} < ${bound(end)} THEN ${place} `)
    .join('');
  const last = windows.length - 1;
  const place = last === 0 ? '0' : `CASE ${places}ELSE ${last} END`;
  return `SELECT ${[`${place} AS w`, ...values].join(', ')} FROM ${
    rows.relation
  } WHERE ${at} >= ${bound(windows[0].start)} AND ${at} < ${bound(
    windows[last].end,
  )}`;
}

function writtenTime(milliseconds: number, time: TimeColumn): string {
  return time.kind === 'moment'
    ? new Date(milliseconds).toISOString()
    : DateTime.fromMillis(milliseconds, { zone: time.zone }).toFormat(
        "yyyy-MM-dd'T'HH:mm:ss.SSS",
      );
}

function number(value: number): string {
  // Written with an exponent, it is no decimal of a few digits to any engine.
  return value.toExponential();
}
