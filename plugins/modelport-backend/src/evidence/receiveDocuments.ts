import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { Busboy, BusboyHeaders } from '@fastify/busboy';
import express, { Request, Response } from 'express';
import { ReceivedDocument } from './EvidenceIntake';
import { KIND } from './envelope';

/** Larger documents are not taken: they stay where they are. */
export const MOST_BYTES = 32 * 1024 * 1024;
/** What the parts of one request may hold together, and how many they may be. */
const MOST_BYTES_TOGETHER = 2 * MOST_BYTES;
const MOST_PARTS = 100;

const readWhole = express.raw({ type: () => true, limit: MOST_BYTES });

/** The request is larger than what is taken; Backstage answers 413 by the status. */
class TooLargeError extends Error {
  readonly status = 413;
  readonly name = 'PayloadTooLargeError';
}

/**
 * Reads the documents of a push: the body is one, or each part of `multipart/form-data`. No more is held in memory than
 * what is taken.
 *
 * @throws `InputError` where the body is not what it should be or its digest does not fit; an error of status 413 where
 * it is too large. Nothing is kept then.
 */
export async function receiveDocuments(
  req: Request,
  res: Response,
): Promise<ReceivedDocument[]> {
  return req.is('multipart/form-data')
    ? await readParts(req)
    : [await readBody(req, res)];
}

async function readBody(
  req: Request,
  res: Response,
): Promise<ReceivedDocument> {
  await new Promise<void>((resolve, reject) => {
    readWhole(req, res, error =>
      error ? reject(sizeError(error)) : resolve(),
    );
  });
  const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  if (bytes.length === 0) {
    throw new InputError(
      'The request has no body; expected a document as JSON, or files as multipart/form-data. Nothing was kept.',
    );
  }
  checkDigest(req, bytes);
  return {
    bytes,
    kind: null,
    path: null,
    mediaType: plainType(req.headers['content-type'] ?? 'application/json'),
  };
}

function readParts(req: Request): Promise<ReceivedDocument[]> {
  return new Promise((resolve, reject) => {
    const documents: ReceivedDocument[] = [];
    let together = 0;
    let parser: InstanceType<typeof Busboy>;
    const fail = (error: Error) => {
      req.unpipe(parser);
      // What still comes is read and dropped, so that the answer can be sent.
      req.resume();
      reject(error);
    };
    try {
      parser = new Busboy({
        headers: headersOf(req),
        limits: { fileSize: MOST_BYTES, files: MOST_PARTS, parts: MOST_PARTS },
        isPartAFile: () => true,
      });
    } catch (error) {
      throw new InputError(
        `The multipart body can't be read: ${
          error instanceof Error ? error.message : error
        }. Nothing was kept.`,
      );
    }
    parser.on('file', (kind, stream, filename, _encoding, mimeType) => {
      const chunks: Buffer[] = [];
      if (!KIND.test(kind)) {
        fail(
          new InputError(
            `A part is called "${kind.slice(
              0,
              80,
            )}"; expected the kind of evidence: lower-case letters, digits and dashes. Nothing was kept.`,
          ),
        );
      }
      stream.on('data', (chunk: Buffer) => {
        together += chunk.length;
        if (together > MOST_BYTES_TOGETHER) {
          fail(tooLarge());
          stream.resume();
          return;
        }
        chunks.push(chunk);
      });
      stream.on('limit', () => fail(tooLarge()));
      stream.on('end', () =>
        documents.push({
          bytes: Buffer.concat(chunks),
          kind,
          path: filename || null,
          mediaType: plainType(mimeType),
        }),
      );
    });
    const tooMany = () =>
      fail(
        new InputError(
          `There are more than ${MOST_PARTS} parts; send several requests. Nothing was kept.`,
        ),
      );
    parser.on('partsLimit', tooMany);
    parser.on('filesLimit', tooMany);
    parser.on('error', error =>
      fail(
        new InputError(
          `The multipart body can't be read: ${
            error instanceof Error ? error.message : error
          }. Nothing was kept.`,
        ),
      ),
    );
    parser.on('finish', () =>
      documents.length === 0
        ? reject(
            new InputError(
              'The multipart body has no parts. Nothing was kept.',
            ),
          )
        : resolve(documents),
    );
    req.on('aborted', () =>
      fail(new InputError('The request broke off. Nothing was kept.')),
    );
    req.pipe(parser);
  });
}

function headersOf(req: Request): BusboyHeaders {
  return {
    ...req.headers,
    'content-type': req.headers['content-type'] ?? '',
  };
}

/** Where the sender says a digest (RFC 9530), it has to fit. */
function checkDigest(req: Request, bytes: Buffer): void {
  const said = req.headers['content-digest'];
  const [, expected] = /(?:^|,)\s*sha-256=:([^:]*):/.exec(String(said)) ?? [];
  if (expected === undefined) {
    return;
  }
  const actual = createHash('sha256').update(bytes).digest('base64');
  if (expected !== actual) {
    throw new InputError(
      `The header Content-Digest says sha-256=:${expected.slice(
        0,
        100,
      )}:, but the body's is ${actual}. Nothing was kept.`,
    );
  }
}

function sizeError(error: unknown): unknown {
  return error instanceof Error &&
    'type' in error &&
    error.type === 'entity.too.large'
    ? tooLarge()
    : error;
}

function tooLarge(): Error {
  return new TooLargeError(
    `The evidence is larger than ${MOST_BYTES / 1024 / 1024} MB a document or ${
      MOST_BYTES_TOGETHER / 1024 / 1024
    } MB a request. Nothing was kept. Leave it among the version's artefacts, under a name that a reader knows: it is read there, part by part.`,
  );
}

function plainType(mediaType: string): string {
  return mediaType.split(';')[0].trim().toLowerCase().slice(0, 255);
}
