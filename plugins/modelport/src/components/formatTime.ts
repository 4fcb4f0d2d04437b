import memoize from 'lodash/memoize';

const UNITS: ReadonlyArray<[Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

// Made once a language: making one takes longer than a row of a table.
const agesIn = memoize(
  language => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
);
const timesIn = memoize(
  language =>
    new Intl.DateTimeFormat(language, {
      dateStyle: 'medium',
      timeStyle: 'medium',
    }),
);
const daysIn = memoize(
  language => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }),
);

/** Says how long ago a time was, in the largest unit that fits; `language` as the portal shows it. */
export function formatAge(
  time: string,
  now: number = Date.now(),
  language: string = 'en',
): string {
  const seconds = (new Date(time).getTime() - now) / 1000;
  if (!Number.isFinite(seconds)) {
    return time;
  }
  const format = agesIn(language);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) {
      return format.format(Math.trunc(seconds / size), unit);
    }
  }
  return format.format(Math.trunc(seconds), 'second');
}

const DURATIONS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Writes a duration in the units that say it whole, such as `1 day 12 hours`. */
export function formatDuration(
  seconds: number,
  language: string = 'en',
): string {
  let left = Math.round(seconds);
  const parts = DURATIONS.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0
      ? []
      : new Intl.NumberFormat(language, {
          style: 'unit',
          unit,
          unitDisplay: 'long',
        }).format(count);
  });
  return parts.join(' ');
}

/** Writes a time in full, in the reader's own zone. */
export function formatTime(time: string, language: string = 'en'): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : timesIn(language).format(date);
}

/** Writes the day of a time, in the reader's own zone. */
export function formatDay(time: string, language: string = 'en'): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : daysIn(language).format(date);
}
