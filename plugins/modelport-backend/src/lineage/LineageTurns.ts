import { Response } from 'express';
import { Readable } from 'node:stream';
import { tooManyRequests } from '../AtMostAtOnce';

const MEGABYTE = 1024 * 1024;

/** Smaller bodies hold too little to wait for others. */
const SMALL = MEGABYTE / 16;

/** What one request holds of the room for all. */
export interface Room {
  /** Reads a body into it. */
  receive(content: Readable): Promise<Buffer>;
  leave(): void;
}

/**
 * Bounds the bytes of requests that come, wait or are worked on. What a body says takes many times its bytes while it is
 * worked on, so that large ones take turns.
 */
export class LineageTurns {
  private held = 0;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly mostBytes = 64 * MEGABYTE) {}

  /** Room for a request, that it takes as its body comes and must leave. */
  enter(res: Response): Room {
    let taken = 0;
    const leave = () => {
      this.held -= taken;
      taken = 0;
    };
    const receive = async (content: Readable) => {
      let chunks: Buffer[] = [];
      let isRefused = false;
      // A body that finds no room is read to its end, or its sender would never see the answer.
      for await (const chunk of content) {
        const bytes: Buffer = chunk;
        isRefused ||= this.held + bytes.length > this.mostBytes;
        if (isRefused) {
          leave();
          chunks = [];
        } else {
          taken += bytes.length;
          this.held += bytes.length;
          chunks.push(bytes);
        }
      }
      if (isRefused) {
        throw tooManyRequests(
          res,
          `More than ${
            this.mostBytes / MEGABYTE
          } MB of lineage are coming or being worked on already. Nothing of the request was kept.`,
        );
      }
      return Buffer.concat(chunks);
    };
    return { receive, leave };
  }

  /** Does the work on a body when its turn comes, unless the signal ended before. */
  async take<T>(
    bytes: Buffer,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    if (bytes.length <= SMALL) {
      return work();
    }
    const turn = this.last.then(() => {
      signal.throwIfAborted();
      return work();
    });
    this.last = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }
}
