import { CustomErrorBase } from '@backstage/errors';
import { Response } from 'express';

/** Seconds after which a request that was sent away comes again. */
const RETRY_AFTER = 1;

class TooManyRequestsError extends CustomErrorBase {
  readonly name = 'TooManyRequestsError';
  readonly statusCode = 429;
}

/** The error of a request that comes again later; its answer says when. */
export function tooManyRequests(res: Response, message: string): Error {
  res.set('Retry-After', String(RETRY_AFTER));
  return new TooManyRequestsError(
    `${message} Send it again after ${RETRY_AFTER} s.`,
  );
}

/** Bounds how many requests with large bodies are under way, so that they do not take all memory together. */
export class AtMostAtOnce {
  private underWay = 0;

  constructor(private readonly most: number) {}

  /**
   * Does the work of a request.
   *
   * @throws an error of status 429, with `Retry-After` set, where as many as may be are under way already.
   */
  async run<T>(res: Response, work: () => Promise<T>): Promise<T> {
    if (this.underWay >= this.most) {
      throw tooManyRequests(
        res,
        `${this.underWay} such requests are under way already; nothing of this one was kept.`,
      );
    }
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
    }
  }
}
