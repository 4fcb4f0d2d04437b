import { isError } from '@backstage/errors';

/** The HTTP status that an error of a call to another plugin carries, where it carries one. */
export function statusCodeOf(error: unknown): number | undefined {
  return isError(error) && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}
