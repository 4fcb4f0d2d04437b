import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';

/**
 * Refuses what the validator lets through: a limit that is no plain number, which `1e2`, ` 5` and `0x10` are for it, and
 * an empty cursor, which no list gave and which is not the same as none.
 */
export const refuseOddPaging: RequestHandler = (req, _res, next) => {
  const { limit, cursor } = req.query;
  if (
    limit !== undefined &&
    (typeof limit !== 'string' || !/^\d+$/.test(limit))
  ) {
    throw new InputError(
      'limit is no whole number; expected digits only, given once',
    );
  }
  if (cursor === '') {
    throw new InputError(
      'The cursor is not one that this list gave; start again without it',
    );
  }
  next();
};
