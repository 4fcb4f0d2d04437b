import { InputError } from '@backstage/errors';
import {
  Evidence,
  EvidencePage,
  EvidenceReceipts,
  Version,
  VersionId,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
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
import { KIND } from './envelope';
import { ModelListeners } from './ModelListeners';
import { PushTokens } from './PushTokens';
import { withTokenNames } from './withTokenNames';
import { SealedRows } from './SealedRows';

/** Documents of a kind that a version is judged on; the newest ones. */
const MOST_JUDGED = 500;

/** All of these count: whoever made a version is not hidden by what is pushed later. */
const ALL_JUDGED = 'commits';

/** A document that could be read, with what is kept of it in the clear. */
export interface ReadDocument {
  /** Of its row in the store. */
  id: number;
  evidence: Evidence;
  body: unknown;
}

/** Everything that is known about versions, as the API answers it. */
export class EvidenceService {
  constructor(
    private readonly options: {
      store: EvidenceStore;
      intake: EvidenceIntake;
      artefacts: ArtefactEvidence;
      rows: SealedRows;
      models: Pick<ModelsService, 'get' | 'getVersion'>;
      tokens: Pick<PushTokens, 'names'>;
      audit: Pick<AuditLog, 'append'>;
      /** Told of models of which evidence says something else after rows were erased. */
      listeners: ModelListeners;
      /** Computes what documents tell of their rows from those that can be read. */
      computeAnew: (
        trx: Knex.Transaction,
        documents: number[],
      ) => Promise<void>;
      /** Takes what was erased out of the files of the database. */
      vacuum: () => Promise<void>;
    },
  ) {}

  /**
   * Reads documents and keeps them all, or none. What can't be read is kept with the reason, unless it must be readable.
   *
   * @throws `NotFoundError` where there is no such version; `InputError` where a document doesn't say what it is; an error
   * of status 422 where one must be readable and is not.
   */
  async push(options: {
    source: string;
    name: string;
    version: string;
    visibility: ModelsVisibility;
    by: string;
    /** Refuses all where one can't be read. */
    mustBeReadable?: boolean;
    /** Asked where the documents are written; what it throws keeps nothing. */
    confirm?: (trx: Knex.Transaction) => Promise<void>;
    documents: ReceivedDocument[];
  }): Promise<EvidenceReceipts> {
    const subject = await this.subject(options);
    const rows = await this.options.intake.take(
      subject,
      options.documents.map(document => ({
        ...document,
        origin: { type: 'push', path: document.path, by: options.by },
      })),
      { mustBeReadable: options.mustBeReadable, confirm: options.confirm },
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
      items: await withTokenNames(rows.map(toEvidence), this.options.tokens),
      totalItems: total,
      nextCursor,
      problems: read?.problems ?? [],
      lookedThrough: read !== undefined,
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

  /** Kinds of which there is more than a version is judged on. */
  async notAllJudged(version: VersionId): Promise<string[]> {
    const subject = await this.subject({ ...version, visibility: undefined });
    return (await this.options.store.kindsOf(subject))
      .filter(({ kind, count }) => kind !== ALL_JUDGED && count > MOST_JUDGED)
      .map(({ kind }) => kind);
  }

  /** The bytes of a document; undefined where they are not kept. Who may read them is the caller's to know. */
  async bytesOf(digest: string): Promise<Buffer | undefined> {
    return this.options.store.bytes(digest);
  }

  private async readRows(version: VersionId): Promise<DocumentRow[]> {
    const subject = await this.subject({ ...version, visibility: undefined });
    await this.options.artefacts.ensure(subject);
    const { store } = this.options;
    const pages = await Promise.all(
      (
        await store.kindsOf(subject)
      ).map(async ({ kind, count }) =>
        store.list(subject, {
          kind,
          limit: kind === ALL_JUDGED ? count : MOST_JUDGED,
        }),
      ),
    );
    return pages
      .flatMap(({ rows }) => rows)
      .filter(row => row.status === 'read')
      .sort((one, other) => other.id - one.id);
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
   * Makes what is kept of a person in the rows of a model unreadable for good, and leaves their rows out of what is told
   * of all rows. The audit holds their pseudonym.
   */
  async eraseSubject(options: {
    source: string;
    name: string;
    subject: string;
    visibility: ModelsVisibility;
    by: string;
  }): Promise<{ rows: number }> {
    const { source, name, by } = options;
    const { audit, listeners, rows: sealed } = this.options;
    await this.options.models.get(source, name, options.visibility);
    const rows = await sealed.erase({
      ...options,
      also: async (trx, { documents, pseudonym, rows: erased }) => {
        await this.options.computeAnew(trx, documents);
        await audit.append(trx, [
          {
            actor: by,
            action: 'rows.erased',
            source,
            name,
            detail: { subject: pseudonym, rows: erased },
          },
        ]);
      },
    });
    await this.options.vacuum();
    await listeners.tell({ source, name });
    return { rows };
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
}
