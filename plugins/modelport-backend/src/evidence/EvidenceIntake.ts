import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { Evidence, findEvidenceKind } from '@modelport/plugin-modelport-common';
import { FileToRead } from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { asSentence } from '../messageOf';
import { nullable, storable } from '../models/storable';
import { FetchedArtefact } from './ArtefactCache';
import { DocumentRow, DocumentToWrite, EvidenceSubject } from './documentRow';
import { EvidenceReaders } from './EvidenceReaders';
import { EvidenceStore } from './EvidenceStore';
import { ModelListeners } from './ModelListeners';
import { PreparedRows } from './PreparedRows';
import { ReadResult } from './readDocument';
import { SealedRows } from './SealedRows';

/** A document as it was received. */
export interface ReceivedDocument
  extends Pick<FileToRead, 'beside' | 'inputs'> {
  bytes: Buffer;
  /** An artefact that is too large to be held, instead of its bytes: it stays where it is. */
  large?: FetchedArtefact;
  /** Name of its part; null where the document itself says it. */
  kind: string | null;
  path: string | null;
  mediaType: string;
}

const sealedBody = z.object({
  evaluationSet: z.unknown(),
  rows: z.array(
    z.looseObject({ id: z.string(), subject: z.string().nullish() }),
  ),
});

/** What was read of a document that is kept, readable or not. */
type ReadDocument = Exclude<ReadResult, { refused: string }>;

/** A document can't be read, and whoever sent it asked to be told; Backstage answers 422 by the status. */
class UnreadableError extends Error {
  readonly status = 422;
  readonly name = 'UnreadableEvidenceError';
}

/** Reads documents and keeps them, whatever way they came. */
export class EvidenceIntake {
  constructor(
    private readonly options: {
      store: EvidenceStore;
      readers: EvidenceReaders;
      rows: SealedRows;
      /** Computes what documents tell of their rows from those that can be read. */
      computeAnew: (
        trx: Knex.Transaction,
        documents: number[],
      ) => Promise<void>;
      /** Told of models after documents were kept that were not there before. */
      listeners: ModelListeners;
    },
  ) {}

  /**
   * Reads documents about a version and keeps them all, or none. What can't be read is kept with the reason, unless it must
   * be readable.
   *
   * @throws `InputError` where a document doesn't say what it is; an error of status 422 where it must be readable and is
   * not; `ServiceUnavailableError` where too many wait.
   */
  async take(
    subject: EvidenceSubject,
    documents: Array<ReceivedDocument & { origin: Evidence['origin'] }>,
    options: {
      mustBeReadable?: boolean;
      /** Told of each document whose reading was given up. */
      onGivenUp?: () => void;
      /** Asked where they are written; what it throws keeps nothing. */
      confirm?: (trx: Knex.Transaction) => Promise<void>;
    } = {},
  ): Promise<DocumentRow[]> {
    const receivedAt = new Date().toISOString();
    const toWrite: DocumentToWrite[] = [];
    const rowsOf = new Map<DocumentToWrite, PreparedRows>();
    for (const [place, document] of documents.entries()) {
      const { bytes, large, mediaType, origin } = document;
      const read = await this.options.readers.read(
        { ...document, file: large?.file },
        JSON.stringify([subject.source, subject.name]),
      );
      if (read.refused !== undefined) {
        throw new InputError(
          `${documents.length > 1 ? `Document ${place + 1}: ` : ''}${asSentence(
            read.refused,
          )} Nothing was kept.`,
        );
      }
      if (read.isGivenUp) {
        options.onGivenUp?.();
      }
      const { refused: _none, rows, ...kept } = this.withoutRows(read);
      if (options.mustBeReadable && kept.body === null) {
        throw new UnreadableError(
          `The document ${place + 1} of ${documents.length} (${kept.kind}${
            document.path === null ? '' : `, ${document.path}`
          }) can't be read: ${asSentence(
            kept.message ?? '',
          )} Nothing was kept.`,
        );
      }
      const one: DocumentToWrite = {
        ...kept,
        subject,
        digest: digestOf(document),
        size: large?.size ?? bytes.length,
        bytes: large || findEvidenceKind(kept.kind)?.hasRows ? null : bytes,
        receivedAt,
        message: nullable(kept.message),
        mediaType: storable(mediaType),
        origin: { ...origin, path: nullable(origin.path) },
      };
      toWrite.push(one);
      if (rows && !(await this.options.store.isRead(one))) {
        rowsOf.set(one, await this.options.rows.prepare(subject, rows));
      }
    }
    const { rows: kept, isNews } = await this.options.store.put(toWrite, {
      also: async (trx, added) => {
        await options.confirm?.(trx);
        for (const { id, document } of added) {
          const sealed = rowsOf.get(document);
          const erased =
            sealed && (await this.options.rows.seal(trx, { id }, sealed));
          if (erased) {
            await this.options.computeAnew(trx, [id]);
          }
        }
      },
    });
    if (isNews) {
      await this.options.listeners.tell(subject);
    }
    return kept;
  }

  /** Takes the rows of single people out of a body, which is kept in the clear as far as it may be told. */
  private withoutRows(read: ReadDocument): ReadDocument {
    if (!findEvidenceKind(read.kind)?.hasRows) {
      return read;
    }
    if (read.body === null) {
      return {
        ...read,
        message: `${asSentence(
          read.message ?? '',
        )} Its bytes are not kept, since they may hold rows of single people.`,
      };
    }
    const body: unknown = JSON.parse(read.body);
    if (read.rows) {
      const told = this.options.store.told({ kind: read.kind, body });
      return { ...read, body: JSON.stringify(told) };
    }
    const { evaluationSet, rows } = sealedBody.parse(body);
    return {
      ...read,
      body: JSON.stringify({ evaluationSet, rowCount: rows.length }),
      rows: rows.map(row => ({ subject: row.subject ?? row.id, row })),
    };
  }
}

/** SHA-256 of the bytes, followed by those of the files that were read with them. */
function digestOf({ bytes, large, beside }: ReceivedDocument): string {
  if (large) {
    return large.digest;
  }
  const hash = createHash('sha256').update(bytes);
  for (const path of Object.keys(beside ?? {}).sort()) {
    hash.update(beside?.[path] ?? new Uint8Array());
  }
  return hash.digest('hex');
}
