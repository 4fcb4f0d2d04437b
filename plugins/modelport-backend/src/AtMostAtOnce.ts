import { CustomErrorBase } from '@backstage/errors';
import { Response } from 'express';

/** Seconds after which a request that was sent away comes again. */
const RETRY_AFTER = 1;

class TooManyRequestsError extends CustomErrorBase {
  readonly name = 'TooManyRequestsError';
  readonly statusCode = 429;
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
      res.set('Retry-After', String(RETRY_AFTER));
      throw new TooManyRequestsError(
        `${this.underWay} such requests are under way already; nothing of this one was kept. Send it again after ${RETRY_AFTER} s.`,
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
