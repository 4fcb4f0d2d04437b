import { InputError, NotFoundError } from '@backstage/errors';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  Evidence,
  EvidenceDocument,
  EvidencePage,
  EvidenceReceipts,
  findEvidenceKind,
  Version,
  VersionId,
} from '@modelport/plugin-modelport-common';
import { AuditLog } from '../audit/AuditLog';
import { CardDocument } from '../cards/CardDocuments';
import { MonitoringDocuments } from '../monitoring/MonitoringDocuments';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { GateEvidence } from '../promotions/gates/types';
import { ArtefactEvidence } from './ArtefactEvidence';
import { EvidenceIntake, ReceivedDocument } from './EvidenceIntake';
import { cardDocuments } from './cardDocuments';
import { DocumentRow, EvidenceSubject, toEvidence } from './documentRow';
import { EvidenceStore } from './EvidenceStore';
import { digestsOf, judgedOn } from './judgedEvidence';
import { monitoringDocuments } from './monitoringDocuments';
import { KIND } from './readDocument';
import { MOST_BYTES } from './receiveDocuments';
import { SealedRows } from './SealedRows';

/** Documents that a version is judged on; the newest ones. */
const MOST_JUDGED = 500;

/** A document that could be read, with what is kept of it in the clear. */
export interface ReadDocument {
  /** Of its row in the store. */
  id: number;
  evidence: Evidence;
  body: unknown;
}

/** Who reads rows of single people, and of which models that person may. */
interface RowsReader {
  userEntityRef: string;
  visibility: ModelsVisibility;
}

/** Everything that is known about versions, as the API answers it. */
export class EvidenceService {
  constructor(
    private readonly options: {
      store: EvidenceStore;
      intake: EvidenceIntake;
      artefacts: ArtefactEvidence;
      audit: Pick<AuditLog, 'record'>;
      rows: SealedRows;
      /** Takes out of rows what nobody is shown. */
      mask: (
        document: { kind: string; body: unknown },
        rows: unknown[],
      ) => unknown[];
      models: Pick<ModelsService, 'get' | 'getVersion'>;
    },
  ) {}

  /**
   * Reads documents and keeps them all, or none. What can't be read is kept with the reason.
   *
   * @throws `NotFoundError` where there is no such version; `InputError` where a document doesn't say what it is.
   */
  async push(options: {
    source: string;
    name: string;
    version: string;
    visibility: ModelsVisibility;
    by: string;
    documents: ReceivedDocument[];
  }): Promise<EvidenceReceipts> {
    const subject = await this.subject(options);
    const rows = await this.options.intake.take(
      subject,
      options.documents.map(document => ({
        ...document,
        origin: { type: 'push', path: document.path, by: options.by },
      })),
    );
    return {
      items: rows.map(({ digest, kind, status, message }) => ({
        digest,
        kind,
        status,
        message,
      })),
    };
  }

  /** @throws `NotFoundError` where there is no such version; `InputError` where the kind is none. */
  async list(options: {
    source: string;
    name: string;
    version: string;
    visibility: ModelsVisibility;
    kind?: string;
    limit: number;
    cursor?: string;
  }): Promise<EvidencePage> {
    if (options.kind !== undefined && !KIND.test(options.kind)) {
      throw new InputError(
        `"${options.kind.slice(
          0,
          80,
        )}" is no kind of evidence; expected lower-case letters, digits and dashes`,
      );
    }
    const subject = await this.subject(options);
    const { artefacts, store } = this.options;
    await artefacts.ensure(subject);
    const [{ rows, total, nextCursor }, read] = await Promise.all([
      store.list(subject, options),
      store.artefactsOf(subject),
    ]);
    return {
      items: rows.map(toEvidence),
      totalItems: total,
      nextCursor,
      problems: read?.problems ?? [],
    };
  }

  /** The cards of a version, the newest first; with `ask` those too that lie unread among its artefacts. */
  async cardsOf(
    version: { source: string; name: string; version: string },
    options: { ask: boolean },
  ): Promise<CardDocument[]> {
    const { artefacts, store } = this.options;
    const subject = await this.subject({ ...version, visibility: undefined });
    if (options.ask) {
      await artefacts.ensure(subject);
    }
    return cardDocuments(store, subject);
  }

  /** What monitoring reads of the evidence. */
  monitoringDocuments(): MonitoringDocuments {
    return monitoringDocuments(this.options);
  }

  /**
   * Digests of all that could be read about a version, the newest first, and who brought it: what a judgement of it is
   * made on.
   */
  async digestsOf(version: VersionId): Promise<string[]> {
    return digestsOf(this.options, await this.readRows(version));
  }

  /**
   * All that could be read about a version, the newest first, rows of people included: to judge by, not to show. What
   * several brought is there once for each of them.
   */
  async judgedOn(version: VersionId): Promise<GateEvidence[]> {
    return judgedOn(this.options, await this.readRows(version));
  }

  /** The bytes of a document; undefined where they are not kept. Who may read them is the caller's to know. */
  async bytesOf(digest: string): Promise<Buffer | undefined> {
    return this.options.store.bytes(digest);
  }

  private async readRows(version: VersionId): Promise<DocumentRow[]> {
    const subject = await this.subject({ ...version, visibility: undefined });
    await this.options.artefacts.ensure(subject);
    const { rows } = await this.options.store.list(subject, {
      limit: MOST_JUDGED,
    });
    return rows.filter(row => row.status === 'read');
  }

  /**
   * Documents of one kind of a version that could be read, the newest first, with what is kept of them in the clear.
   *
   * @throws `NotFoundError` where there is no such version that the caller may see.
   */
  async documentsOf(
    version: {
      source: string;
      name: string;
      version: string;
      visibility: ModelsVisibility;
    },
    options: { kind: string; limit: number; digest?: string },
  ): Promise<ReadDocument[]> {
    const { artefacts, store } = this.options;
    const subject = await this.subject(version);
    await artefacts.ensure(subject);
    const { rows } = await store.list(subject, options);
    return Promise.all(
      rows
        .filter(row => row.status === 'read')
        .map(async row => ({
          id: row.id,
          evidence: toEvidence(row),
          body: await store.body(row.id),
        })),
    );
  }

  /** Rows of single people in a document, in their order; null for those that were erased. Ask who may read them. */
  async openRows(
    document: { id: number },
    page?: { from: number; limit: number },
  ): Promise<unknown[]> {
    return this.options.rows.open(document.id, page);
  }

  /**
   * A document with what it says.
   *
   * @param options - `rows` are the models whose rows of single people the caller may read; null is none.
   * @throws `NotFoundError` where it is about nothing that the caller may read.
   */
  async get(
    digest: string,
    options: {
      visibility: ModelsVisibility;
      rows: RowsReader | null;
    },
  ): Promise<EvidenceDocument> {
    const readable = await this.readable(digest, options.visibility);
    const [first] = readable;
    const { store } = this.options;
    const body = await store.body(first.id);
    return {
      digest,
      versions: readable.map(row => ({
        of: { source: row.source, name: row.name, version: row.version },
        evidence: toEvidence(row),
      })),
      body: !hasRows(first)
        ? body
        : await this.rowsOf(first, body, options.rows),
    };
  }

  /**
   * The bytes as they were received; of a file that is too large to be kept, as it lies at its source.
   *
   * @throws `NotFoundError` where they are not kept, or are about nothing that the caller may read;
   * `ServiceUnavailableError` where the source can't be asked.
   */
  async raw(
    digest: string,
    visibility: ModelsVisibility,
  ): Promise<{ evidence: Evidence; bytes: Buffer | Readable }> {
    const [first] = await this.readable(digest, visibility);
    const path = first.origin === 'artefact' ? first.path : null;
    if (Number(first.size) > MOST_BYTES && path !== null && !hasRows(first)) {
      const { file } = await this.options.artefacts.largeFile({
        ...first,
        path,
      });
      const handle = await open(file);
      return { evidence: toEvidence(first), bytes: handle.createReadStream() };
    }
    const bytes = await this.options.store.bytes(digest);
    if (!bytes) {
      throw new NotFoundError(
        `The bytes of ${digest} are not kept: they hold rows of single people, which are kept encrypted one by one. Who may read them finds them in the document itself.`,
      );
    }
    return { evidence: toEvidence(first), bytes };
  }

  /** Makes what is kept of a person in the rows of a model unreadable for good. */
  async eraseSubject(options: {
    source: string;
    name: string;
    subject: string;
    visibility: ModelsVisibility;
    by: string;
  }): Promise<{ rows: number }> {
    const { source, name } = options;
    await this.options.models.get(source, name, options.visibility);
    return { rows: await this.options.rows.erase(options) };
  }

  private async subject(options: {
    source: string;
    name: string;
    version: string;
    visibility: ModelsVisibility;
  }): Promise<EvidenceSubject> {
    const version: Version = await this.options.models.getVersion(
      options.source,
      options.name,
      options.version,
      options.visibility,
    );
    return {
      source: version.source,
      name: version.name,
      version: version.version,
      createdAt: version.createdAt,
    };
  }

  private async readable(
    digest: string,
    visibility: ModelsVisibility,
  ): Promise<DocumentRow[]> {
    const rows = await this.options.store.byDigest(digest);
    const checked = await Promise.all(
      rows.map(async row => {
        try {
          const version = await this.options.models.getVersion(
            row.source,
            row.name,
            row.version,
            visibility,
          );
          return (version.createdAt ?? '') === row.version_created_at;
        } catch (error) {
          if (error instanceof NotFoundError) {
            return false;
          }
          throw error;
        }
      }),
    );
    const readable = rows.filter((_row, index) => checked[index]);
    if (readable.length === 0) {
      throw new NotFoundError(`There is no evidence ${digest}`);
    }
    return readable;
  }

  private async rowsOf(
    row: DocumentRow,
    body: unknown,
    reader: RowsReader | null,
  ): Promise<unknown> {
    if (!reader || row.status !== 'read') {
      return body;
    }
    try {
      await this.options.models.get(row.source, row.name, reader.visibility);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return body;
      }
      throw error;
    }
    // What is not recorded is not shown.
    await this.options.audit.record([
      {
        actor: reader.userEntityRef,
        action: 'rows.read',
        source: row.source,
        name: row.name,
        version: row.version,
        detail: { kind: row.kind, digest: row.digest },
      },
    ]);
    return {
      ...(typeof body === 'object' ? body : {}),
      rows: this.options.mask(
        { kind: row.kind, body },
        await this.options.rows.open(row.id),
      ),
    };
  }
}

function hasRows(row: DocumentRow): boolean {
  return findEvidenceKind(row.kind)?.hasRows ?? false;
}
