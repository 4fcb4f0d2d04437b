import { binCounts, ColumnCounts } from '@modelport/plugin-modelport-common';
import { DateTime } from 'luxon';
import { asText } from './asText';
import { OTHER } from './profileColumns';
import { ReferenceColumn } from './ReferenceProfile';

/** A row that is sent. */
export type Row = Record<string, unknown>;

/** Counts one column of rows in the bins of the reference. */
export function countRows(column: ReferenceColumn, rows: Row[]): ColumnCounts {
  const { name, type, personal, edges } = column;
  const values = rows.map(row => row[name] ?? null);
  const present = values.filter(value => value !== null && value !== '');
  if (personal) {
    return {
      feature: name,
      n: present.length,
      missing: values.length - present.length,
      wrongType: 0,
    };
  }
  return type === 'categorical'
    ? countCategories(column, values)
    : countNumbers(name, edges ?? [], values);
}

function countNumbers(
  feature: string,
  edges: number[],
  values: unknown[],
): ColumnCounts {
  const numbers: number[] = [];
  let missing = 0;
  let wrongType = 0;
  for (const value of values) {
    const number = numberOf(value);
    if (number === null) {
      missing += 1;
    } else if (number === undefined) {
      wrongType += 1;
    } else {
      numbers.push(number);
    }
  }
  const isBinned = edges.length > 1;
  const last = edges[edges.length - 1];
  const n = numbers.length;
  const mean = n > 0 ? numbers.reduce((sum, one) => sum + one, 0) / n : null;
  return {
    feature,
    n,
    missing,
    wrongType,
    outside: isBinned
      ? numbers.filter(one => one < edges[0] || one > last).length
      : null,
    edges: isBinned ? edges : null,
    counts: isBinned ? binCounts(numbers, edges, { openEnds: true }) : null,
    mean,
    standardDeviation:
      mean === null
        ? null
        : Math.sqrt(
            numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / n,
          ),
    min: n > 0 ? numbers.reduce((a, b) => Math.min(a, b)) : null,
    max: n > 0 ? numbers.reduce((a, b) => Math.max(a, b)) : null,
  };
}

/** Null for what is missing or not finite, undefined for what is no number. */
function numberOf(value: unknown): number | null | undefined {
  if (value === null || value === '') {
    return null;
  }
  const isText = typeof value === 'string' && value.trim() !== '';
  if (typeof value !== 'number' && typeof value !== 'boolean' && !isText) {
    return undefined;
  }
  if (isText && /^[+-]?(nan|inf(inity)?)$/i.test(value.trim())) {
    return null;
  }
  const number = Number(value);
  if (Number.isNaN(number)) {
    return undefined;
  }
  return Number.isFinite(number) ? number : null;
}

function countCategories(
  { name, counts: reference }: ReferenceColumn,
  values: unknown[],
): ColumnCounts {
  const categories = reference.categories ?? [OTHER];
  const places = new Map(
    categories.slice(0, -1).map((category, place) => [category, place]),
  );
  const counts = new Array<number>(categories.length).fill(0);
  let missing = 0;
  for (const value of values) {
    if (value === null) {
      missing += 1;
    } else {
      counts[places.get(asText(value)) ?? counts.length - 1] += 1;
    }
  }
  return {
    feature: name,
    n: values.length - missing,
    missing,
    unseen: reference.unseen === null ? null : counts[counts.length - 1],
    wrongType: 0,
    categories,
    counts,
  };
}

/** The time of a row; null where it says none. Times without a zone are of the one given. */
export function momentOf(value: unknown, zone: string): number | null {
  if (typeof value !== 'string') {
    return null;
  }
  const moment = DateTime.fromISO(value.trim().replace(' ', 'T'), { zone });
  return moment.isValid ? moment.toMillis() : null;
}
