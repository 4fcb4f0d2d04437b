import { Readable } from 'node:stream';
import { InputError } from '@backstage/errors';
import { Busboy, BusboyHeaders } from '@fastify/busboy';
import { Request } from 'express';
import { megabytes, tooLargeError, wholeBody } from '../openBody';
import { ReceivedDocument } from './EvidenceIntake';
import { KIND } from './envelope';

/** Larger documents are not taken: they stay where they are. */
export const MOST_BYTES = 32 * 1024 * 1024;
/** What the parts of one request may hold together, and how many they may be. */
const MOST_BYTES_TOGETHER = 2 * MOST_BYTES;
const MOST_PARTS = 100;

/** What names and headers of parts may take besides. */
const MOST_BESIDES = 1024 * 1024;

const KEPT = 'Nothing was kept.';

/** Why evidence is not taken, and where it belongs. */
export const TOO_LARGE = `The evidence is larger than ${megabytes(
  MOST_BYTES,
)} a document or ${megabytes(
  MOST_BYTES_TOGETHER,
)} a request. ${KEPT} Leave it among the version's artefacts, under a name that a reader knows: it is read there, part by part.`;

/** How many bytes the body of a request may have. */
export function mostBytesOf(req: Request): number {
  return isParts(req) ? MOST_BYTES_TOGETHER + MOST_BESIDES : MOST_BYTES;
}

/**
 * Reads the documents of a push: the body is one, or each part of `multipart/form-data`. No more is held in memory than
 * what is taken.
 *
 * @param content - of the body, unpacked.
 * @throws `InputError` where the body is not what it should be; an error of status 413 where it is too large. Nothing is
 * kept then.
 */
export async function receiveDocuments(
  req: Request,
  content: Readable,
): Promise<ReceivedDocument[]> {
  return isParts(req)
    ? await readParts(req, content)
    : [await readBody(req, content)];
}

function isParts(req: Request): boolean {
  return Boolean(req.is('multipart/form-data'));
}

async function readBody(
  req: Request,
  content: Readable,
): Promise<ReceivedDocument> {
  const bytes = await wholeBody(content);
  if (bytes.length === 0) {
    throw new InputError(
      `The request has no body; expected a document as JSON, or files as multipart/form-data. ${KEPT}`,
    );
  }
  return {
    bytes,
    kind: null,
    path: null,
    mediaType: plainType(req.headers['content-type'] ?? 'application/json'),
  };
}

function readParts(
  req: Request,
  content: Readable,
): Promise<ReceivedDocument[]> {
  return new Promise((resolve, reject) => {
    const documents: ReceivedDocument[] = [];
    let together = 0;
    let sent = 0;
    let parser: InstanceType<typeof Busboy>;
    let part = 0;
    let isParsed = false;
    const fail = (error: Error) => {
      content.unpipe(parser);
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
    // Busboy's types know of no part without a name.
    const onFile = (
      kind: string | undefined,
      stream: Readable,
      filename: string | undefined,
      _encoding: string,
      mimeType: string,
    ) => {
      const chunks: Buffer[] = [];
      part += 1;
      if (kind === undefined || !KIND.test(kind)) {
        fail(
          new InputError(
            `The part ${part} ${
              kind === undefined
                ? 'has no name'
                : `is called "${kind.slice(0, 80)}"`
            }; expected the kind of evidence: lower-case letters, digits and dashes. ${KEPT}`,
          ),
        );
        stream.resume();
        return;
      }
      stream.on('data', (chunk: Buffer) => {
        together += chunk.length;
        if (together > MOST_BYTES_TOGETHER) {
          fail(tooLargeError(TOO_LARGE));
          stream.resume();
          return;
        }
        chunks.push(chunk);
      });
      stream.on('limit', () => fail(tooLargeError(TOO_LARGE)));
      stream.on('end', () =>
        documents.push({
          bytes: Buffer.concat(chunks),
          kind,
          path: filename || null,
          mediaType: plainType(mimeType),
        }),
      );
    };
    parser.on('file', onFile);
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
    // The last part ends before the body, of which the digest is checked at its end.
    const untilBothEnd = () => {
      if (!isParsed || !content.readableEnded) {
        return;
      }
      if (sent - together > MOST_BESIDES) {
        fail(
          tooLargeError(
            `Names and headers of its parts are larger than ${megabytes(
              MOST_BESIDES,
            )} together. ${KEPT}`,
          ),
        );
      } else if (documents.length === 0) {
        fail(new InputError(`The multipart body has no parts. ${KEPT}`));
      } else {
        resolve(documents);
      }
    };
    parser.on('finish', () => {
      isParsed = true;
      untilBothEnd();
    });
    // Of headers that are too long the parser tells nothing: it drops the rest of them.
    content.on('data', (chunk: Buffer) => {
      sent += chunk.length;
    });
    content.on('end', untilBothEnd);
    content.on('error', fail);
    content.pipe(parser);
  });
}

function headersOf(req: Request): BusboyHeaders {
  return {
    ...req.headers,
    'content-type': req.headers['content-type'] ?? '',
  };
}

function plainType(mediaType: string): string {
  return mediaType.split(';')[0].trim().toLowerCase().slice(0, 255);
}
