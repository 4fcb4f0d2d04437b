import { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { AtMostAtOnce, tooManyRequests } from './AtMostAtOnce';
import { bodyError, BodyLimits, openBody, Patience } from './openBody';

const MEGABYTE = 1024 * 1024;

/** Slower bodies are given up: at least a kilobyte a second. */
const PATIENCE: Patience = {
  everyMs: 15_000,
  leastBytes: 15 * 1024,
  mostMs: 4 * 60_000,
};

/** What one backend holds of bodies at once, of one sender and of all. */
const MOST_HELD_OF_ONE = 160 * MEGABYTE;
const MOST_HELD = 640 * MEGABYTE;

/** How long what still comes is dropped after the answer, so that the sender gets to read it. */
const LINGER_MS = 10_000;

/**
 * A door for large bodies. Each sender has room of its own while their bodies come, and what is under way counts for all
 * only once it has come: nobody shuts the door for others by sending slowly.
 */
export class BodyDoor {
  private readonly senders = new Map<
    string,
    { requests: number; held: number }
  >();
  private readonly atOnce: AtMostAtOnce;
  private held = 0;

  constructor(
    private readonly options: Omit<BodyLimits, 'hold' | 'patience'> & {
      /** Requests that are worked on at once. */
      mostAtOnce: number;
      patience?: Patience;
    },
  ) {
    this.atOnce = new AtMostAtOnce(options.mostAtOnce);
  }

  /**
   * Takes a body, then does the work of the request.
   *
   * @param options - `by` is the sender; `mostOfThem` how many requests of theirs may be under way, `mostAtOnce` unless
   * given; `receive` reads all of the content, what it throws refuses it.
   * @throws an error of status 429, with `Retry-After` set, where too much is under way; see `openBody` for others.
   */
  async take<Received, Result>(
    req: Request,
    res: Response,
    options: {
      by: string;
      mostOfThem?: number;
      mostBytes?: number;
      receive: (content: Readable) => Promise<Received>;
      work: (received: Received) => Promise<Result>;
    },
  ): Promise<Result> {
    const { kept, mostAtOnce, patience = PATIENCE } = this.options;
    const { by, mostOfThem = mostAtOnce } = options;
    const sender = this.senders.get(by) ?? { requests: 0, held: 0 };
    if (sender.requests >= mostOfThem) {
      throw tooManyRequests(
        res,
        `${sender.requests} requests of this sender are under way already. ${kept}`,
      );
    }
    this.senders.set(by, sender);
    sender.requests += 1;
    let held = 0;
    let content: Readable | undefined;
    try {
      content = openBody(req, {
        ...this.options,
        mostBytes: options.mostBytes ?? this.options.mostBytes,
        patience,
        hold: bytes => {
          held += bytes;
          sender.held += bytes;
          this.held += bytes;
          if (sender.held > MOST_HELD_OF_ONE || this.held > MOST_HELD) {
            throw tooManyRequests(
              res,
              `Too many large bodies are coming at once. ${kept}`,
            );
          }
        },
      });
      const received = await options.receive(content);
      return await this.atOnce.run(res, () => options.work(received));
    } catch (error) {
      if (!req.complete) {
        res.once('finish', () => endSoon(req));
      }
      throw bodyError(error, kept);
    } finally {
      content?.destroy();
      sender.requests -= 1;
      sender.held -= held;
      this.held -= held;
      if (sender.requests === 0) {
        this.senders.delete(by);
      }
    }
  }
}

/** Whoever sends slowly keeps no connection; one on which all has come may be answering others by then. */
function endSoon(req: Request): void {
  const timer = setTimeout(() => {
    if (!req.complete) {
      req.socket.destroy();
    }
  }, LINGER_MS);
  timer.unref();
}
