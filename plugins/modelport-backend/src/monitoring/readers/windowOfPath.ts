/** A window of time; the end is the first moment after it. */
export interface TimeSpan {
  start: string;
  end: string;
}

const DAY = '(\\d{4})-(\\d{2})-(\\d{2})';
const BETWEEN = new RegExp(`${DAY}(?:_|__|-to-|_to_|\\.\\.)${DAY}(?!\\d)`);
const HOUR_FOLDERS = /(?:^|\/)(\d{4})\/(\d{2})\/(\d{2})\/(\d{2})(?:\/|$)/;
const ONE_DAY = new RegExp(`(?<!\\d)${DAY}(?!\\d)`);
const ONE_MONTH = /(?<!\d)(\d{4})-(\d{2})(?![\d-])/;

/**
 * The window that a file's path names, in UTC: two days (the last one included), folders of year, month, day and hour
 * as SageMaker writes them, one day, or one month. Null where it names none.
 */
export function windowOfPath(path: string | null): TimeSpan | null {
  if (path === null) {
    return null;
  }
  const between = numbers(BETWEEN.exec(path));
  if (between) {
    const [y1, m1, d1, y2, m2, d2] = between;
    return span(utc(y1, m1, d1), utc(y2, m2, d2 + 1));
  }
  const hour = numbers(HOUR_FOLDERS.exec(path));
  if (hour) {
    const [year, month, day, h] = hour;
    return span(utc(year, month, day, h), utc(year, month, day, h + 1));
  }
  const day = numbers(ONE_DAY.exec(path));
  if (day) {
    return span(utc(day[0], day[1], day[2]), utc(day[0], day[1], day[2] + 1));
  }
  const month = numbers(ONE_MONTH.exec(path));
  return month
    ? span(utc(month[0], month[1], 1), utc(month[0], month[1] + 1, 1))
    : null;
}

function numbers(match: RegExpExecArray | null): number[] | null {
  return match && match.slice(1).map(Number);
}

function utc(year: number, month: number, day: number, hour = 0): number {
  return month >= 1 && month <= 13 && day >= 1 && day <= 32
    ? Date.UTC(year, month - 1, day, hour)
    : Number.NaN;
}

function span(start: number, end: number): TimeSpan | null {
  return start < end
    ? { start: new Date(start).toISOString(), end: new Date(end).toISOString() }
    : null;
}
