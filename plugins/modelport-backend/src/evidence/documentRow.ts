import { Evidence } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
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
  /** The window that its path says: the same bytes under another one are another document. */
  pathWindow?: string;
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

/** Somebody who brought a document after it was there already. */
export interface RepeatRow {
  document_id: number;
  origin: Evidence['origin']['type'];
  /** Empty for what lies among the artefacts. */
  by: string;
  received_at: string;
}

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

/** Rows of documents with the size of their bytes, without what was read of them. */
export function withSize(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .join(
      'evidence_contents',
      'evidence_contents.digest',
      'evidence_documents.digest',
    )
    .select<DocumentRow[]>(COLUMNS);
}

/** The columns that name a version. */
export function keyOf(subject: EvidenceSubject) {
  return {
    source: subject.source,
    name: subject.name,
    version: subject.version,
    version_created_at: subject.createdAt ?? '',
  };
}
