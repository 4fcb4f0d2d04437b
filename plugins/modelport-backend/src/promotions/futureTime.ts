import { InputError } from '@backstage/errors';

/** A time that is to come, as every time is written; @throws `InputError` where it is not. */
export function futureTime(what: string, time: string, at: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime()) || date.toISOString() <= at) {
    throw new InputError(
      `${what} is "${time.slice(
        0,
        40,
      )}"; expected a time to come, such as 2030-01-31T12:00:00Z`,
    );
  }
  return date.toISOString();
}
