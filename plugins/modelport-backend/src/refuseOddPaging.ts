import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';

/**
 * Refuses what the validator lets through: a limit or depth that is no plain number, which `1e2`, ` 5` and `0x10` are for
 * it, and an empty cursor, which no list gave and which is not the same as none.
 */
export const refuseOddPaging: RequestHandler = (req, _res, next) => {
  const { cursor } = req.query;
  for (const name of ['limit', 'depth']) {
    const value = req.query[name];
    if (
      value !== undefined &&
      (typeof value !== 'string' || !/^\d+$/.test(value))
    ) {
      throw new InputError(
        `${name} is no whole number; expected digits only, given once`,
      );
    }
  }
  if (cursor === '') {
    throw new InputError(
      'The cursor is not one that this list gave; start again without it',
    );
  }
  next();
};
