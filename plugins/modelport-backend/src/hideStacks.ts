import { CustomErrorBase, isError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';

const MOST_CAUSES = 10;

/**
 * Where NODE_ENV is development, Backstage answers errors with the places in the code that they come from. Those of what a
 * caller did wrong tell nobody anything but the folders of the machine; they are not logged either.
 */
export const hideStacks: ErrorRequestHandler = (error, _req, _res, next) => {
  let one: unknown = error instanceof CustomErrorBase ? error : undefined;
  // Causes may go round.
  for (let level = 0; level < MOST_CAUSES && isError(one); level += 1) {
    delete one.stack;
    one = one.cause;
  }
  next(error);
};
