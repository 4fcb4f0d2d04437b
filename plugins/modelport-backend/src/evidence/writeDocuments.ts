import { Knex } from 'knex';
import { lockContents, settleContents } from './contents';
import { DocumentRow, DocumentToWrite, keyOf, withSize } from './documentRow';

/** A document that was not there, or not read, before, with the id of its row. */
export interface AddedDocument {
  id: number;
  document: DocumentToWrite;
}

/**
 * Writes documents; one that is there already stays as it is, and who brings it again is noted. What could not be read
 * before and can be now is read from then on: its bytes are the same.
 *
 * @returns the documents as they are kept now, in the order given, those that were not there or not read before, and
 * whether anything of it is new.
 */
export async function writeDocuments(
  trx: Knex.Transaction,
  documents: DocumentToWrite[],
): Promise<{ rows: DocumentRow[]; added: AddedDocument[]; isNews: boolean }> {
  const rows: DocumentRow[] = [];
  const added: AddedDocument[] = [];
  let isRepeatedByOther = false;
  const kept = await lockContents(trx, documents);
  for (const document of documents) {
    const known = await findDocument(trx, document);
    if (!known) {
      const id = await writeDocument(trx, document);
      if (id !== undefined) {
        added.push({ id, document });
      }
    }
    const isReadNow =
      known?.status === 'unreadable' &&
      (await rewriteReading(trx, known, document));
    if (known && isReadNow) {
      added.push({ id: known.id, document });
    }
    const row = known && !isReadNow ? known : await findDocument(trx, document);
    if (row) {
      rows.push(row);
      isRepeatedByOther =
        (await writeRepeat(trx, row, document)) || isRepeatedByOther;
    }
  }
  await settleContents(trx, documents, kept);
  return { rows, added, isNews: added.length > 0 || isRepeatedByOther };
}

/** The document with the same bytes and window; or one of the same bytes that could not be read, so that no window of it is known. */
async function findDocument(
  trx: Knex.Transaction,
  document: DocumentToWrite,
): Promise<DocumentRow | undefined> {
  const rows: Array<DocumentRow & { path_window: string }> = await withSize(
    trx('evidence_documents').where({
      ...keyOf(document.subject),
      'evidence_documents.digest': document.digest,
      kind: document.kind,
    }),
  )
    .select('path_window')
    .where(query =>
      query
        .where({ path_window: document.pathWindow ?? '' })
        .orWhere({ status: 'unreadable' }),
    );
  return (
    rows.find(row => row.path_window === (document.pathWindow ?? '')) ?? rows[0]
  );
}

/** Puts what was read of a document where nothing could be; or why not, where that is another reason by now. */
async function rewriteReading(
  trx: Knex.Transaction,
  row: DocumentRow,
  document: DocumentToWrite,
): Promise<boolean> {
  if (document.body === null && document.message === row.message) {
    return false;
  }
  const changed = await trx('evidence_documents')
    .where({ id: row.id, status: 'unreadable' })
    .update(readingOf(document));
  return changed > 0;
}

/** The columns that say what was read of a document. */
function readingOf(document: DocumentToWrite) {
  return {
    schema_version: document.schemaVersion,
    status: document.body === null ? 'unreadable' : 'read',
    message: document.message,
    reader: document.reader,
    producer: document.producer && JSON.stringify(document.producer),
    produced_at: document.producedAt,
    body: document.body,
    path_window: document.pathWindow ?? '',
  };
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
  const [written] = await trx('evidence_documents')
    .insert({
      ...keyOf(document.subject),
      kind: document.kind,
      digest: document.digest,
      ...readingOf(document),
      received_at: document.receivedAt,
      media_type: document.mediaType,
      origin: document.origin.type,
      path: document.origin.path,
      by: document.origin.by,
    })
    .onConflict([
      'source',
      'name',
      'version',
      'version_created_at',
      'digest',
      'kind',
      'path_window',
    ])
    .ignore()
    .returning<Array<{ id: number } | undefined>>('id');
  return written?.id;
}
