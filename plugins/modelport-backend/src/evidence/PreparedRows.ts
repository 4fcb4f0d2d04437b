import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Knex } from 'knex';
import { chunks } from '../models/chunks';
import { packBlock, packSubjects, RowBlock } from './RowBlock';
import { SubjectKeys } from './SubjectKeys';

const ROWS_A_BLOCK = 250;
/** Whole blocks. */
const ROWS_A_TRANSACTION = 2_500;
const BLOCKS_A_STATEMENT = 20;
const SUBJECTS_A_STATEMENT = 1_000;

/** A row of an evaluation with the person that it is about. */
export interface RowToSeal {
  subject: string;
  row: unknown;
}

/** Rows that are encrypted, on their way into the store. */
export interface PreparedRows {
  blocks: Array<{
    position: number;
    /** Ids of the people whom its rows are about, in their order. */
    subjects: number[];
    rows: Buffer;
  }>;
}

/** Encrypts rows, a few blocks at a time: between them others use the database, and between blocks they are answered. */
export async function prepareRows(
  { knex, keys }: { knex: Knex; keys: SubjectKeys },
  model: { source: string; name: string },
  rows: RowToSeal[],
): Promise<PreparedRows> {
  const prepared: PreparedRows = { blocks: [] };
  for (const many of chunks(rows, ROWS_A_TRANSACTION)) {
    // Each transaction waits for the disk once, so that there are few; none lasts long.
    const known = await knex.transaction(trx =>
      keys.ensure(
        trx,
        model,
        many.map(({ subject }) => subject),
      ),
    );
    for (const [at, some] of chunks(many, ROWS_A_BLOCK).entries()) {
      const keyed = known.slice(at * ROWS_A_BLOCK, (at + 1) * ROWS_A_BLOCK);
      prepared.blocks.push({
        position: prepared.blocks.length * ROWS_A_BLOCK,
        subjects: keyed.map(({ id }) => id),
        // An erased subject stays erased: its rows are kept by number only.
        rows: packBlock(
          some.map(({ row }, place) => ({ key: keyed[place].key, row })),
        ),
      });
      await yieldToOthers();
    }
  }
  return prepared;
}

/**
 * Writes rows of a document; those of people who were erased meanwhile are left out.
 *
 * @returns how many of them are about people who were erased.
 */
export async function writeRows(
  trx: Knex.Transaction,
  document: { id: number },
  { blocks }: PreparedRows,
): Promise<number> {
  const erased = await erasedAmong(
    trx,
    new Set(blocks.flatMap(({ subjects }) => subjects)),
  );
  const isGone = (id: number) => erased.has(id);
  for (const some of chunks(blocks, BLOCKS_A_STATEMENT)) {
    await trx('evidence_row_blocks').insert(
      some.map(({ position, subjects, rows }) => ({
        document_id: document.id,
        position,
        count: subjects.length,
        subjects: packSubjects(subjects),
        rows: subjects.some(isGone)
          ? new RowBlock(rows).without(at => isGone(subjects[at]))
          : rows,
      })),
    );
  }
  return blocks.reduce(
    (sum, { subjects }) => sum + subjects.filter(isGone).length,
    0,
  );
}

/** Who of some people was erased; whoever erases another of them waits until the transaction ends. */
async function erasedAmong(
  trx: Knex.Transaction,
  subjects: Set<number>,
): Promise<Set<number>> {
  const erased = new Set<number>();
  const ids = [...subjects].sort((a, b) => a - b);
  for (const some of chunks(ids, SUBJECTS_A_STATEMENT)) {
    const query = trx('evidence_subjects').whereIn('id', some).orderBy('id');
    if (trx.client.config.client === 'pg') {
      query.forShare();
    }
    const rows: Array<{ id: number; isErased: number | boolean }> =
      await query.select(
        'id',
        trx.raw('?? is null as ??', ['key', 'isErased']),
      );
    rows.filter(row => row.isErased).forEach(({ id }) => erased.add(id));
  }
  return erased;
}
