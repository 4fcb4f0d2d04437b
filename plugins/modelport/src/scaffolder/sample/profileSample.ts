import { categoriesOf, Range, rangeOf } from './columnShape';
import { personalKindOf, PersonalKind } from './personalKind';
import { MOST_NAME, SampleTable } from './SampleTable';

/** Distinct values that are counted; where there are more, that is all that is known. */
const MOST_DISTINCT = 1_000;

/** What the values of a column are. */
export type ColumnType =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'time'
  | 'text'
  | 'bytes'
  | 'empty';

/** What is known of a column; of its values none but those that several rows share. */
export interface ColumnProfile {
  name: string;
  type: ColumnType;
  missing: number;
  distinct: number;
  /** Whether there are more distinct values than were counted. */
  hasMoreDistinct: boolean;
  /** Whether no value is there twice, and none is missing. */
  isUnique: boolean;
  /** What of people it seems to hold: a guess by its name and its values. */
  personal: PersonalKind | null;
  /** Orders of magnitude of its numbers; null where it holds none. */
  range: Range | null;
  /** Values that several rows share, where there are few of them and the column is not of people. */
  categories: string[];
  /** Whether no value is there twice at one time, as with series that have a row at each; false where there are none. */
  isOncePerTime: boolean;
}

/** What is known of a sample; all that leaves the place where it was read. */
export interface SampleProfile {
  rows: number;
  isWhole: boolean;
  nested: string[];
  notes: string[];
  columns: ColumnProfile[];
}

const MISSING = /^(na|n\/a|nan|null|none|nil)?$/i;
const INTEGER = /^[+-]?\d{1,18}$/;
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?$/i;
const TIME =
  /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Looks at every column of a sample. */
export function profileSample(table: SampleTable): SampleProfile {
  const { columns, rows, isWhole, nested, notes } = table;
  const profiles = columns.map(({ name, values }) =>
    profileColumn(name.slice(0, MOST_NAME), values),
  );
  const time = profiles.findIndex(({ type }) => type === 'time');
  // where every time is there once, all rows are of one series
  const times = profiles[time]?.isUnique ? undefined : columns[time]?.values;
  return {
    ...{ rows, isWhole, notes },
    nested: nested.map(name => name.slice(0, MOST_NAME)),
    columns: profiles.map((profile, at) => ({
      ...profile,
      isOncePerTime:
        times !== undefined &&
        isSeries(profile) &&
        new Set(
          columns[at].values.map((value, row) => pairOf(value, times[row])),
        ).size === rows,
    })),
  };
}

/** What may name a series: something whose few values come again and again. */
function isSeries({ type, missing, isUnique, hasMoreDistinct }: Shape) {
  return (
    /^(text|integer)$/.test(type) &&
    missing === 0 &&
    !isUnique &&
    !hasMoreDistinct
  );
}

function pairOf(value: unknown, time: unknown): string {
  return JSON.stringify([keyOf(value), keyOf(time)]);
}

/** What a column tells without the others. */
type Shape = Omit<ColumnProfile, 'isOncePerTime'>;

function profileColumn(name: string, values: unknown[]): Shape {
  const present = values.filter(value => !isMissing(value));
  const type = typeOf(present);
  const distinct = new Set<string>();
  for (const value of present) {
    if (distinct.size > MOST_DISTINCT) {
      break;
    }
    distinct.add(keyOf(value));
  }
  const hasMoreDistinct = distinct.size > MOST_DISTINCT;
  const personal = personalKindOf(name, type, present);
  const isListed = personal === null && /^(text|integer)$/.test(type);
  return {
    name,
    type,
    missing: values.length - present.length,
    distinct: Math.min(distinct.size, MOST_DISTINCT),
    hasMoreDistinct,
    isUnique:
      present.length === values.length &&
      new Set(present.map(keyOf)).size === values.length,
    personal,
    range: rangeOf(numbersOf(type, present)),
    categories: isListed ? categoriesOf(present.map(keyOf)) : [],
  };
}

function numbersOf(type: ColumnType, values: unknown[]): number[] {
  if (type === 'boolean') {
    return [0, 1];
  }
  return /^(integer|number)$/.test(type)
    ? values.map(value => Number(String(value).trim().replace(',', '.')))
    : [];
}

function isMissing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (typeof value === 'number' && Number.isNaN(value)) ||
    (typeof value === 'string' && MISSING.test(value.trim()))
  );
}

function typeOf(values: unknown[]): ColumnType {
  if (values.length === 0) {
    return 'empty';
  }
  const all = (holds: (value: unknown) => boolean) => values.every(holds);
  const text = (pattern: RegExp) => (value: unknown) =>
    typeof value === 'string' && pattern.test(value.trim());
  if (all(value => value instanceof Date) || all(text(TIME))) {
    return 'time';
  }
  if (
    all(value => typeof value === 'boolean') ||
    all(text(/^(true|false)$/i))
  ) {
    return 'boolean';
  }
  if (
    all(value => typeof value === 'bigint' || Number.isInteger(value)) ||
    all(text(INTEGER))
  ) {
    return 'integer';
  }
  if (
    all(value => typeof value === 'number' || typeof value === 'bigint') ||
    all(text(NUMBER))
  ) {
    return 'number';
  }
  return all(value => value instanceof Uint8Array) ? 'bytes' : 'text';
}

function keyOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
