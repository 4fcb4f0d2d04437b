import { EVIDENCE_KINDS } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { DocumentRow, DocumentToWrite } from './documentRow';

const KINDS_WITH_ROWS = EVIDENCE_KINDS.filter(({ hasRows }) => hasRows).map(
  ({ kind }) => kind,
);

/** Whether rows of single people were read of a document: its bytes are kept by nobody then. */
export function isReadAsRows(
  row: Pick<DocumentRow, 'kind' | 'status'>,
): boolean {
  return row.status === 'read' && holdsRows(row);
}

/** Whether a document is of a kind that holds rows of single people, readable or not. */
export function holdsRows({ kind }: Pick<DocumentRow, 'kind'>): boolean {
  return KINDS_WITH_ROWS.includes(kind);
}

/**
 * Makes a row for each digest and locks it until the transaction ends, so that nobody else decides meanwhile whether its
 * bytes are kept.
 *
 * @returns the digests whose bytes are there already.
 */
export async function lockContents(
  trx: Knex.Transaction,
  documents: DocumentToWrite[],
): Promise<Set<string>> {
  const kept = new Set<string>();
  const sizes = new Map(documents.map(({ digest, size }) => [digest, size]));
  // In one order, so that no two transactions wait for one another.
  for (const digest of [...sizes.keys()].sort()) {
    await trx('evidence_contents')
      .insert({ digest, size: sizes.get(digest), bytes: null })
      .onConflict('digest')
      .ignore();
    const row = await trx('evidence_contents')
      .where({ digest })
      .forUpdate()
      .first<{ isKept: number | boolean }>(
        trx.raw('bytes is not null as ??', ['isKept']),
      );
    if (row.isKept) {
      kept.add(digest);
    }
  }
  return kept;
}

/**
 * Keeps the bytes of documents that are written: those of a digest that was read as rows of people, whatever else they
 * came as, are deleted; others are there from the first who brings them as something else.
 *
 * @param kept - what `lockContents` gave.
 */
export async function settleContents(
  trx: Knex.Transaction,
  documents: DocumentToWrite[],
  kept: ReadonlySet<string>,
): Promise<void> {
  const digests = [...new Set(documents.map(({ digest }) => digest))];
  const found: Array<{ digest: string }> = await trx('evidence_documents')
    .whereIn('digest', digests)
    .whereIn('kind', KINDS_WITH_ROWS)
    .where({ status: 'read' })
    .distinct('digest');
  const rows = new Set(found.map(({ digest }) => digest));
  for (const digest of digests) {
    const bytes =
      documents.find(one => one.digest === digest && one.bytes)?.bytes ?? null;
    if (rows.has(digest) ? kept.has(digest) : bytes && !kept.has(digest)) {
      await trx('evidence_contents')
        .where({ digest })
        .update({ bytes: rows.has(digest) ? null : bytes });
    }
  }
}
