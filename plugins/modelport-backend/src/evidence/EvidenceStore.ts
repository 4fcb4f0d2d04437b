import { Evidence } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../models/cursor';
import { fromJson } from '../models/modelRow';

/** The version that a document is about; `createdAt` tells it from an older one of the same name. */
export interface EvidenceSubject {
  source: string;
  name: string;
  version: string;
  createdAt: string | null;
}

/** A document on its way into the store. */
export interface DocumentToWrite {
  subject: EvidenceSubject;
  digest: string;
  size: number;
  /** Null where the bytes themselves are not kept. */
  bytes: Buffer | null;
  kind: string;
  schemaVersion: number | null;
  message: string | null;
  reader: string | null;
  producer: Evidence['producer'];
  producedAt: string | null;
  receivedAt: string;
  mediaType: string;
  origin: Evidence['origin'];
  body: string | null;
}

/** A document as it is kept. */
export interface DocumentRow {
  id: number;
  source: string;
  name: string;
  version: string;
  version_created_at: string;
  kind: string;
  digest: string;
  schema_version: number | null;
  status: Evidence['status'];
  message: string | null;
  reader: string | null;
  producer: string | null;
  produced_at: string | null;
  received_at: string;
  media_type: string;
  origin: Evidence['origin']['type'];
  path: string | null;
  by: string | null;
  /** PostgreSQL gives 64-bit integers as strings. */
  size: number | string;
}

const cursorSchema = z.object({
  id: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/** All of a row but its body, which may be large. */
const COLUMNS = [
  'id',
  'source',
  'name',
  'version',
  'version_created_at',
  'kind',
  'evidence_documents.digest',
  'schema_version',
  'status',
  'message',
  'reader',
  'producer',
  'produced_at',
  'received_at',
  'media_type',
  'origin',
  'path',
  'by',
  'size',
];

/** What could not be read of a version's artefacts. */
export interface ArtefactProblem {
  path: string;
  message: string;
}

/** A document that was not there before, with the id of its row. */
export interface AddedDocument {
  id: number;
  document: DocumentToWrite;
}

/** Somebody who brought a document after it was there already. */
export interface RepeatRow {
  document_id: number;
  origin: Evidence['origin']['type'];
  /** Empty for what lies among the artefacts. */
  by: string;
  received_at: string;
}

/** Documents and their bytes. What is there never changes. */
export class EvidenceStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Writes documents, all or none; one that is there already stays as it is, and who brings it again is noted.
   *
   * @param options - `also` writes more in the same transaction, given what was not there before.
   * @returns the documents as they are kept now, in the order given, and whether anything of it is new.
   */
  async put(
    documents: DocumentToWrite[],
    options: {
      also: (trx: Knex.Transaction, added: AddedDocument[]) => Promise<void>;
    },
  ): Promise<{ rows: DocumentRow[]; isNews: boolean }> {
    return this.knex.transaction(async trx => {
      const kept: DocumentRow[] = [];
      const added: AddedDocument[] = [];
      let isRepeatedByOther = false;
      for (const document of documents) {
        const known = await findDocument(trx, document);
        if (!known) {
          const id = await writeDocument(trx, document);
          if (id !== undefined) {
            added.push({ id, document });
          }
        }
        const row = known ?? (await findDocument(trx, document));
        if (row) {
          kept.push(row);
          isRepeatedByOther =
            (await writeRepeat(trx, row, document)) || isRepeatedByOther;
        }
      }
      await options.also(trx, added);
      return { rows: kept, isNews: added.length > 0 || isRepeatedByOther };
    });
  }

  /** Who brought some documents besides who brought them first, in the order in which they came. */
  async repeatsOf(documents: number[]): Promise<RepeatRow[]> {
    return this.knex<RepeatRow>('evidence_repeats')
      .whereIn('document_id', documents)
      .orderBy(['received_at', 'by']);
  }

  /** Documents of a version, the newest first. */
  async list(
    subject: EvidenceSubject,
    options: { kind?: string; limit: number; cursor?: string },
  ): Promise<{
    rows: DocumentRow[];
    total: number;
    nextCursor: string | null;
  }> {
    const after = options.cursor
      ? decodeCursor(options.cursor, cursorSchema)
      : undefined;
    const all = () => {
      const query = this.knex('evidence_documents').where(keyOf(subject));
      return options.kind === undefined
        ? query
        : query.where({ kind: options.kind });
    };
    const page = withSize(all())
      .orderBy('id', 'desc')
      .limit(options.limit + 1);
    if (after) {
      page.where('id', '<', after.id);
    }
    const [rows, counted] = await Promise.all([
      page,
      all().count({ count: '*' }).first<{ count: number | string }>(),
    ]);
    const last = rows[options.limit - 1];
    return {
      rows: rows.slice(0, options.limit),
      total: Number(counted.count),
      nextCursor:
        rows.length > options.limit ? encodeCursor({ id: last.id }) : null,
    };
  }

  /** Documents of a model that could be read, of some kinds, in the order in which they came. */
  async readOf(
    model: { source: string; name: string },
    kinds: string[],
  ): Promise<DocumentRow[]> {
    return withSize(this.knex('evidence_documents'))
      .where({ source: model.source, name: model.name, status: 'read' })
      .whereIn('kind', kinds)
      .orderBy('id');
  }

  /** Every document with a digest: the same bytes may be about several versions. */
  async byDigest(digest: string): Promise<DocumentRow[]> {
    return withSize(
      this.knex('evidence_documents').where(
        'evidence_documents.digest',
        digest,
      ),
    ).orderBy('id');
  }

  /** How far the artefacts of a version were read; undefined where they never were. */
  async artefactsOf(
    version: Omit<EvidenceSubject, 'createdAt'>,
  ): Promise<{ state: string; problems: ArtefactProblem[] } | undefined> {
    const { source, name } = version;
    const row = await this.knex('evidence_versions')
      .where({ source, name, version: version.version })
      .first<{ state: string; problems: string } | undefined>();
    return row && { state: row.state, problems: fromJson(row.problems) };
  }

  /** Notes that the artefacts of a version were read in a state of it. */
  async putArtefacts(
    version: Omit<EvidenceSubject, 'createdAt'>,
    read: { state: string; problems: ArtefactProblem[] },
  ): Promise<void> {
    await this.knex('evidence_versions')
      .insert({
        source: version.source,
        name: version.name,
        version: version.version,
        state: read.state,
        problems: JSON.stringify(read.problems),
      })
      .onConflict(['source', 'name', 'version'])
      .merge();
  }

  /** Where the round over changed models stands; undefined before the first. */
  async cursor(task: string): Promise<string | undefined> {
    const row = await this.knex('evidence_progress')
      .where({ task })
      .first<{ cursor: string } | undefined>();
    return row?.cursor;
  }

  async putCursor(task: string, cursor: string): Promise<void> {
    await this.knex('evidence_progress')
      .insert({ task, cursor })
      .onConflict('task')
      .merge();
  }

  /** What was read of a document. */
  async body(id: number): Promise<unknown> {
    const row = await this.knex('evidence_documents')
      .where({ id })
      .first<{ body: string | null } | undefined>('body');
    return row?.body ? fromJson(row.body) : null;
  }

  /** The bytes of a digest; undefined where they are not kept. */
  async bytes(digest: string): Promise<Buffer | undefined> {
    const row = await this.knex('evidence_contents')
      .where({ digest })
      .first<{ bytes: Buffer | null } | undefined>('bytes');
    return row?.bytes ?? undefined;
  }
}

/** A row as the API answers it. */
export function toEvidence(row: DocumentRow): Evidence {
  return {
    digest: row.digest,
    kind: row.kind,
    schemaVersion: row.schema_version,
    status: row.status,
    message: row.message,
    reader: row.reader,
    producer: row.producer
      ? fromJson<NonNullable<Evidence['producer']>>(row.producer)
      : null,
    producedAt: row.produced_at,
    receivedAt: row.received_at,
    size: Number(row.size),
    mediaType: row.media_type,
    origin: { type: row.origin, path: row.path, by: row.by },
  };
}

function withSize(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .join(
      'evidence_contents',
      'evidence_contents.digest',
      'evidence_documents.digest',
    )
    .select<DocumentRow[]>(COLUMNS);
}

function keyOf(subject: EvidenceSubject) {
  return {
    source: subject.source,
    name: subject.name,
    version: subject.version,
    version_created_at: subject.createdAt ?? '',
  };
}

async function findDocument(
  trx: Knex.Transaction,
  document: DocumentToWrite,
): Promise<DocumentRow | undefined> {
  return withSize(
    trx('evidence_documents').where({
      ...keyOf(document.subject),
      'evidence_documents.digest': document.digest,
      kind: document.kind,
    }),
  ).first();
}

/** Notes who brings a document that somebody else brought first; false where that is known. */
async function writeRepeat(
  trx: Knex.Transaction,
  row: DocumentRow,
  { origin, receivedAt }: DocumentToWrite,
): Promise<boolean> {
  if (row.origin === origin.type && row.by === origin.by) {
    return false;
  }
  const written: unknown[] = await trx('evidence_repeats')
    .insert({
      document_id: row.id,
      origin: origin.type,
      by: origin.by ?? '',
      received_at: receivedAt,
    })
    .onConflict(['document_id', 'origin', 'by'])
    .ignore()
    .returning('document_id');
  return written.length > 0;
}

/** Gives the id of the new row; undefined where another writer was faster. */
async function writeDocument(
  trx: Knex.Transaction,
  document: DocumentToWrite,
): Promise<number | undefined> {
  await trx('evidence_contents')
    .insert({
      digest: document.digest,
      size: document.size,
      bytes: document.bytes,
    })
    .onConflict('digest')
    .ignore();
  const [written] = await trx('evidence_documents')
    .insert({
      ...keyOf(document.subject),
      kind: document.kind,
      digest: document.digest,
      schema_version: document.schemaVersion,
      status: document.body === null ? 'unreadable' : 'read',
      message: document.message,
      reader: document.reader,
      producer: document.producer && JSON.stringify(document.producer),
      produced_at: document.producedAt,
      received_at: document.receivedAt,
      media_type: document.mediaType,
      origin: document.origin.type,
      path: document.origin.path,
      by: document.origin.by,
      body: document.body,
    })
    .onConflict([
      'source',
      'name',
      'version',
      'version_created_at',
      'digest',
      'kind',
    ])
    .ignore()
    .returning<Array<{ id: number } | undefined>>('id');
  return written?.id;
}
