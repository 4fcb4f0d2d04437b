import { InputError, isError } from '@backstage/errors';
import { createHash, Hash } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Duplex, pipeline, Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { saidDigests } from './saidDigests';

const MEGABYTE = 1024 * 1024;

/** How slowly a body may come. */
export interface Patience {
  /** In each such time at least so many bytes come. */
  everyMs: number;
  leastBytes: number;
  /** All of it has come after that. */
  mostMs: number;
}

/** What a body may be, and what an answer says where it is not. */
export interface BodyLimits {
  /** Both as it is sent and unpacked. */
  mostBytes: number;
  /** Says what is too large, and what to do. */
  tooLarge: string;
  /** What became of it, such as "Nothing was kept.". */
  kept: string;
  patience: Patience;
  /** Told of bytes that are handed on; what it throws ends the body. */
  hold: (bytes: number) => void;
}

/** An answer that Backstage gives by the status. */
class BodyError extends Error {
  constructor(readonly status: number, readonly name: string, message: string) {
    super(message);
  }
}

/** The error of a body that is larger than what is taken. */
export function tooLargeError(message: string): Error {
  return new BodyError(413, 'PayloadTooLargeError', message);
}

const DECODERS: Record<string, (() => Duplex) | null> = {
  identity: null,
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The content of a request, unpacked, as it comes. The digests that the sender says (RFC 9530) are checked at its end:
 * `Content-Digest` over what was sent, `Repr-Digest` over that or over what it unpacks to.
 *
 * The stream ends with an error of status 400, 408 or 413 where the body is not what it should be; the request itself
 * stays open, so that it can be answered.
 *
 * @throws an error of status 413 or 415, or `InputError`, where the headers tell already.
 */
export function openBody(req: IncomingMessage, limits: BodyLimits): Readable {
  const { kept, mostBytes, patience } = limits;
  const encoding = (req.headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  const decoder = Object.hasOwn(DECODERS, encoding)
    ? DECODERS[encoding]
    : undefined;
  if (decoder === undefined) {
    throw new BodyError(
      415,
      'UnsupportedMediaTypeError',
      `The header Content-Encoding says "${encoding.slice(
        0,
        80,
      )}"; expected gzip, deflate, br or none. ${kept}`,
    );
  }
  const tooLarge = () => tooLargeError(limits.tooLarge);
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) {
    throw tooLarge();
  }
  const said = saidDigests(req.headers, kept);
  const hashes = () =>
    new Map<string, Hash>(
      said.map(({ algorithm }) => [algorithm, createHash(algorithm)]),
    );
  const [ofSent, ofUnpacked] = [hashes(), hashes()];
  const counted = (
    into: Map<string, Hash>,
    onChunk: (chunk: Buffer) => void,
    onEnd: () => void,
  ) => {
    let total = 0;
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        total += chunk.length;
        try {
          if (total > mostBytes) {
            throw tooLarge();
          }
          onChunk(chunk);
          for (const hash of into.values()) {
            hash.update(chunk);
          }
          done(null, chunk);
        } catch (error) {
          done(asError(error));
        }
      },
      flush(done) {
        try {
          onEnd();
          done();
        } catch (error) {
          done(asError(error));
        }
      },
    });
  };

  let lately = 0;
  const sent = counted(
    ofSent,
    chunk => {
      lately += chunk.length;
    },
    () => {},
  );
  const unpacked = counted(
    ofUnpacked,
    chunk => limits.hold(chunk.length),
    () => {
      const digests = [ofSent, ofUnpacked].map(
        all =>
          new Map(
            [...all].map(([name, hash]) => [name, hash.digest('base64')]),
          ),
      );
      for (const { header, name, algorithm, digest } of said) {
        const actual = digests.map(all => all.get(algorithm));
        const fits =
          header === 'Content-Digest'
            ? actual[0] === digest
            : actual.includes(digest);
        if (!fits) {
          throw new InputError(
            `The header ${header} says ${name}=:${digest}:, but that of the body as it came is ${actual[0]}. ${kept}`,
          );
        }
      }
    },
  );
  const tooSlow = () =>
    sent.destroy(
      new BodyError(
        408,
        'RequestTimeoutError',
        `The body comes too slowly: at least ${patience.leastBytes} bytes in ${
          patience.everyMs / 1000
        } s are expected, and all of it within ${
          patience.mostMs / 1000
        } s. ${kept}`,
      ),
    );
  const checks = setInterval(() => {
    if (lately < patience.leastBytes) {
      tooSlow();
    }
    lately = 0;
  }, patience.everyMs);
  const deadline = setTimeout(tooSlow, patience.mostMs);
  const stopWatching = () => {
    clearInterval(checks);
    clearTimeout(deadline);
  };
  const brokeOff = () =>
    sent.destroy(new InputError(`The request broke off. ${kept}`));
  req.once('end', stopWatching);
  req.once('aborted', brokeOff);
  req.once('error', brokeOff);
  const parts = [sent, ...(decoder ? [decoder()] : []), unpacked];
  pipeline(parts, () => {
    stopWatching();
    req.off('aborted', brokeOff);
    req.unpipe(sent);
    // What still comes is read and dropped, so that the answer can be sent.
    req.resume();
  });
  req.pipe(sent);
  return unpacked;
}

/** An error of reading a body, in words of the body where it is one of unpacking it. */
export function bodyError(error: unknown, kept: string): unknown {
  // What is wrong with packed bytes has codes such as Z_DATA_ERROR or, of Brotli, ERR__ERROR_FORMAT_PADDING_1.
  return isError(error) && /^(Z_|ERR__)/.test(String(error.code))
    ? new InputError(
        `The body is not packed as its header Content-Encoding says, or ends too early. ${kept}`,
      )
    : error;
}

/** All bytes of a body. */
export async function wholeBody(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A limit in words. */
export function megabytes(bytes: number): string {
  return `${bytes / MEGABYTE} MB`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
