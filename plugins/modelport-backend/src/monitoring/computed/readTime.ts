import { InputError } from '@backstage/errors';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { TimeColumn } from './statements';

const row = z.object({
  type: z.string().nullable(),
  lowest: z.string().nullable(),
  highest: z.string().nullable(),
});

const WITH_ZONE = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

/** From when to when rows are. Undefined where no row says its time. */
export interface TimeSpan {
  time: TimeColumn;
  from: number;
  to: number;
}

/**
 * Reads what `timeStatement` answers.
 *
 * @throws `InputError` where the column says no times.
 */
export function readTime(
  answer: unknown,
  options: { column: string; zone: string },
): TimeSpan | undefined {
  const { type, lowest, highest } = row.parse(answer);
  if (type === null || lowest === null || highest === null) {
    return undefined;
  }
  const said = type.toUpperCase();
  const isText = said === 'VARCHAR' || said === 'STRING';
  // Databricks calls a moment TIMESTAMP and writes it without a zone, in UTC as the session is told to be.
  const isMoment = isText
    ? WITH_ZONE.test(lowest.trim().slice(10))
    : said === 'TIMESTAMP WITH TIME ZONE' ||
      (said === 'TIMESTAMP' && isSparkType(type));
  const zone = isMoment ? 'UTC' : options.zone;
  const [from, to] = [lowest, highest].map(text => toMoment(text, zone));
  if (!(from <= to)) {
    throw new InputError(
      `The column ${options.column} is ${type} and holds other than times; expected times, or texts of ISO 8601`,
    );
  }
  return {
    time: {
      column: options.column,
      kind: isMoment ? 'moment' : 'wallTime',
      zone: options.zone,
    },
    from,
    to,
  };
}

/** Databricks writes names of types in small letters. */
function isSparkType(type: string): boolean {
  return type === type.toLowerCase();
}

function toMoment(text: string, zone: string): number {
  const [day, ...clock] = text.trim().split(/[ T]/);
  const time = clock.join('').replace(/([+-]\d{2})$/, '$1:00');
  const written = time === '' ? day : `${day}T${time}`;
  return DateTime.fromISO(written, { zone }).toMillis();
}
