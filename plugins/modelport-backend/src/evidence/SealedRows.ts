import { Knex } from 'knex';
import { packJson, unpackJson } from './packJson';
import {
  PreparedRows,
  prepareRows,
  RowToSeal,
  writeRows,
} from './PreparedRows';
import { RowBlock, unpackSubjects } from './RowBlock';
import { decrypt, encrypt, SubjectKeys } from './SubjectKeys';

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

/** What was erased of a person. */
export interface ErasedRows {
  pseudonym: string;
  rows: number;
  /** Ids of the documents that held them. */
  documents: number[];
}

/** A block of rows as the table holds it. */
interface BlockRow {
  document_id: number;
  /** Of its first row. */
  position: number;
  subjects: Buffer;
  rows: Buffer;
}

/**
 * Rows of single people, each encrypted (AES-256-GCM) with the key of its subject, in blocks that say once what their
 * rows have in common. Erasing a subject's key makes its rows unreadable for good, and changes neither digests nor the
 * number of rows.
 */
export class SealedRows {
  constructor(private readonly options: { knex: Knex; keys: SubjectKeys }) {}

  /** Encrypts the rows of a model in the order given, before they are written: that may take long. */
  async prepare(
    model: { source: string; name: string },
    rows: RowToSeal[],
  ): Promise<PreparedRows> {
    return prepareRows(this.options, model, rows);
  }

  /**
   * Writes the rows of a document.
   *
   * @returns how many of them are about people who were erased.
   */
  async seal(
    trx: Knex.Transaction,
    document: { id: number },
    rows: PreparedRows,
  ): Promise<number> {
    return writeRows(trx, document, rows);
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
    const block: BlockRow = await trx('evidence_row_blocks')
      .where({ document_id: of.document })
      .where('position', '<=', of.position)
      .orderBy('position', 'desc')
      .first();
    const id = unpackSubjects(block.subjects)[of.position - block.position];
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
    knex: Knex | Knex.Transaction = this.options.knex,
  ): Promise<unknown[]> {
    const { keys } = this.options;
    const openKey = await keys.opener(knex);
    const to = page ? page.from + page.limit : Infinity;
    const query: Knex.QueryBuilder<object, BlockRow[]> = knex(
      'evidence_row_blocks',
    )
      .where({ document_id: document })
      .orderBy('position')
      .select('position', 'subjects', 'rows');
    const blocks = await (page
      ? query
          .where('position', '<', to)
          .whereRaw('?? + ?? > ?', ['position', 'count', page.from])
      : query);
    const opened: unknown[] = [];
    for (const block of blocks) {
      const subjects = unpackSubjects(block.subjects);
      const first = Math.max(0, (page?.from ?? 0) - block.position);
      const asked = subjects.slice(first, Math.max(0, to - block.position));
      const known: Array<{ id: number; key: Buffer | null }> = await knex(
        'evidence_subjects',
      )
        .whereIn('id', [...new Set(asked)])
        .select('id', 'key');
      const keyOf = new Map(known.map(({ id, key }) => [id, openKey(key)]));
      const rows = new RowBlock(block.rows);
      opened.push(
        ...asked.map((subject, at) =>
          rows.open(first + at, keyOf.get(subject) ?? null),
        ),
      );
    }
    return opened;
  }

  /**
   * Erases what is kept of a person in a model's rows.
   *
   * @param options - `also` writes more in the same transaction.
   * @returns how many rows can't be read any more.
   */
  async erase(options: {
    source: string;
    name: string;
    subject: string;
    by: string;
    also?: (trx: Knex.Transaction, erased: ErasedRows) => Promise<void>;
  }): Promise<number> {
    const { knex, keys } = this.options;
    return knex.transaction(async trx => {
      const { id: subjectId, pseudonym } = await keys.erase(trx, options);
      const documents = trx('evidence_documents')
        .where({ source: options.source, name: options.name })
        .select('id');
      let rows = 0;
      const touched = new Set<number>();
      await this.empty(
        trx,
        trx('evidence_row_blocks').whereIn('document_id', documents),
        block => {
          const isHers = unpackSubjects(block.subjects).map(
            id => id === subjectId,
          );
          const hers = isHers.filter(Boolean).length;
          if (hers > 0) {
            rows += hers;
            touched.add(block.document_id);
          }
          return isHers;
        },
      );
      await options.also?.(trx, { pseudonym, rows, documents: [...touched] });
      return rows;
    });
  }

  /** Empties the rows of documents of a kind that came before a time; gives how many those were. */
  async forget(kind: string, before: string): Promise<number> {
    const { knex } = this.options;
    const documents = knex('evidence_documents')
      .where({ kind })
      .where('received_at', '<', before)
      .select('id');
    return knex.transaction(trx =>
      this.empty(
        trx,
        trx('evidence_row_blocks').whereIn('document_id', documents),
        block => unpackSubjects(block.subjects).map(() => true),
      ),
    );
  }

  /** Takes out of blocks what is chosen; gives how many rows were there until then. */
  private async empty(
    trx: Knex.Transaction,
    blocks: Knex.QueryBuilder,
    choose: (block: Pick<BlockRow, 'document_id' | 'subjects'>) => boolean[],
  ): Promise<number> {
    const all: Array<Omit<BlockRow, 'rows'>> = await blocks.select(
      'document_id',
      'position',
      'subjects',
    );
    let emptied = 0;
    for (const { subjects, ...place } of all) {
      const isGone = choose({ document_id: place.document_id, subjects });
      if (!isGone.includes(true)) {
        continue;
      }
      const query = trx('evidence_row_blocks').where(place);
      if (trx.client.config.client === 'pg') {
        query.forUpdate();
      }
      const { rows }: Pick<BlockRow, 'rows'> = await query.first('rows');
      const block = new RowBlock(rows);
      const gone = block.lengths.filter(
        (length, at) => length > 0 && isGone[at],
      ).length;
      if (gone > 0) {
        emptied += gone;
        await trx('evidence_row_blocks')
          .where(place)
          .update({ rows: block.without(at => isGone[at]) });
      }
    }
    return emptied;
  }
}

function sealWith(key: Buffer | null, content: unknown): Buffer {
  return key ? encrypt(key, packJson(content)) : Buffer.alloc(0);
}

function openWith(key: Buffer | null, bytes: Buffer): unknown {
  return key && bytes.length > 0 ? unpackJson(decrypt(key, bytes)) : null;
}
