import { Knex } from 'knex';
import { packJson, unpackJson } from './packJson';
import { decrypt, encrypt, SubjectKeys } from './SubjectKeys';

/** Rows and subjects written with one statement. */
const BATCH = 200;

/** A row of an evaluation with the person that it is about. */
export interface RowToSeal {
  subject: string;
  row: unknown;
}

/** Something encrypted with the key of a person. */
export interface Sealed {
  subjectId: number;
  /** Empty where the person was erased already. */
  bytes: Buffer;
}

/** Whom to seal something for: a person by id, or whoever a row of a document is about. */
export type SealFor =
  | { source: string; name: string; subject: string }
  | { document: number; position: number };

/**
 * Rows of single people, each encrypted (AES-256-GCM) with the key of its subject. Erasing a subject's key makes its
 * rows unreadable for good, and changes neither digests nor the number of rows.
 */
export class SealedRows {
  constructor(private readonly options: { knex: Knex; keys: SubjectKeys }) {}

  /** Writes the rows of a document in the order given. */
  async seal(
    trx: Knex.Transaction,
    document: { id: number; source: string; name: string },
    rows: RowToSeal[],
  ): Promise<void> {
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH);
      const keys = await this.options.keys.ensure(
        trx,
        document,
        batch.map(row => row.subject),
      );
      await trx('evidence_rows').insert(
        batch.map(({ row }, index) => ({
          document_id: document.id,
          position: start + index,
          subject_id: keys[index].id,
          // An erased subject stays erased: its rows are kept by number only.
          row: sealWith(keys[index].key, row),
        })),
      );
    }
  }

  /** Seals one thing that is kept elsewhere, with the key of a person. */
  async sealOne(
    trx: Knex.Transaction,
    of: SealFor,
    content: unknown,
  ): Promise<Sealed> {
    const { keys } = this.options;
    if ('subject' in of) {
      const [{ id, key }] = await keys.ensure(trx, of, [of.subject]);
      return { subjectId: id, bytes: sealWith(key, content) };
    }
    const { subject_id: id } = await trx('evidence_rows')
      .where({ document_id: of.document, position: of.position })
      .first<{ subject_id: number }>('subject_id');
    const { key } = await keys.byId(trx, id);
    return { subjectId: id, bytes: sealWith(key, content) };
  }

  /** What `sealOne` was given; null where the person was erased. */
  async openOne({ subjectId, bytes }: Sealed): Promise<unknown> {
    const { key } = await this.options.keys.byId(this.options.knex, subjectId);
    return openWith(key, bytes);
  }

  /**
   * The rows of a document in their order; null for those whose subject was erased.
   *
   * @param page - `from` and `limit` count rows; all without it.
   */
  async open(
    document: number,
    page?: { from: number; limit: number },
  ): Promise<unknown[]> {
    const openKey = await this.options.keys.opener(this.options.knex);
    const query: Knex.QueryBuilder<
      object,
      Array<{ row: Buffer; key: Buffer | null }>
    > = this.options
      .knex('evidence_rows')
      .join(
        'evidence_subjects',
        'evidence_subjects.id',
        'evidence_rows.subject_id',
      )
      .where({ document_id: document })
      .orderBy('position')
      .select('row', 'key');
    const rows = await (page
      ? query
          .where('position', '>=', page.from)
          .where('position', '<', page.from + page.limit)
      : query);
    return rows.map(({ row, key }) => openWith(openKey(key), row));
  }

  /**
   * Erases what is kept of a person in a model's rows.
   *
   * @returns how many rows can't be read any more.
   */
  async erase(options: {
    source: string;
    name: string;
    subject: string;
    by: string;
  }): Promise<number> {
    const { knex, keys } = this.options;
    return knex.transaction(async trx => {
      const subjectId = await keys.erase(trx, options);
      return this.empty(trx('evidence_rows').where({ subject_id: subjectId }));
    });
  }

  /** Empties the rows of documents of a kind that came before a time; gives how many those were. */
  async forget(kind: string, before: string): Promise<number> {
    const { knex } = this.options;
    return this.empty(
      knex('evidence_rows')
        .whereIn(
          'document_id',
          knex('evidence_documents')
            .where({ kind })
            .where('received_at', '<', before)
            .select('id'),
        )
        .whereRaw('length(??) > 0', ['row']),
    );
  }

  private async empty(rows: Knex.QueryBuilder): Promise<number> {
    return rows.update({ row: Buffer.alloc(0) });
  }
}

function sealWith(key: Buffer | null, content: unknown): Buffer {
  return key ? encrypt(key, packJson(content)) : Buffer.alloc(0);
}

function openWith(key: Buffer | null, bytes: Buffer): unknown {
  return key && bytes.length > 0 ? unpackJson(decrypt(key, bytes)) : null;
}
