import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';

/** Refuses a limit that is no plain number: the validator would take `1e2`, ` 5` and `0x10` for numbers too. */
export const refuseOddLimit: RequestHandler = (req, _res, next) => {
  const { limit } = req.query;
  if (
    limit !== undefined &&
    (typeof limit !== 'string' || !/^\d+$/.test(limit))
  ) {
    throw new InputError(
      'limit is no whole number; expected digits only, given once',
    );
  }
  next();
};
