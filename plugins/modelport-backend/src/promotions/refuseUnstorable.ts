import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';
import { isStorable } from '../models/storable';

/** What people write about promotions and environments. */
const PATHS = /^\/(?:promotions(?:\/|$)|models\/[^/]+\/[^/]+\/environments\/)/;

/**
 * Refuses texts that no database gives back as they were: what somebody decides for a reason is kept as it was written, or
 * not at all.
 */
export const refuseUnstorable: RequestHandler = (req, _res, next) => {
  const where = PATHS.test(req.path) ? unstorableIn(req.body, '') : undefined;
  next(
    where === undefined
      ? undefined
      : new InputError(
          `${where} holds the null character or half of a character, which can not be kept; nothing was kept. Write it without.`,
        ),
  );
};

/** Where in a body a text is that can't be kept. */
function unstorableIn(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') {
    return isStorable(value) ? undefined : path;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) {
      return 'A key of the body';
    }
    const found = unstorableIn(inner, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
