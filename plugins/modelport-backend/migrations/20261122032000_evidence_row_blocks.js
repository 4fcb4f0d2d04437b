/** Rows of a block that were sealed one by one. */
const SINGLE = 0;
const ROWS_A_BLOCK = 250;

/**
 * Rows of single people are kept in blocks, which take half of the bytes. What was sealed before is moved as it is: it can
 * be neither read nor changed without the keys of its people.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('evidence_row_blocks', table => {
    table
      .integer('document_id')
      .notNullable()
      .references('id')
      .inTable('evidence_documents');
    table.integer('position').notNullable().comment('Of its first row');
    table.integer('count').notNullable();
    table
      .binary('subjects')
      .notNullable()
      .comment('Ids of who each row is about, as differences');
    table
      .binary('rows')
      .notNullable()
      .comment('Each encrypted for its person; empty where it was erased');
    table.primary(['document_id', 'position']);
  });
  const documents = await knex('evidence_rows').distinct('document_id');
  for (const { document_id: id } of documents) {
    for (let position = 0; ; position += ROWS_A_BLOCK) {
      const rows = await knex('evidence_rows')
        .where({ document_id: id })
        .where('position', '>=', position)
        .where('position', '<', position + ROWS_A_BLOCK)
        .orderBy('position');
      if (rows.length === 0) {
        break;
      }
      await knex('evidence_row_blocks').insert({
        document_id: id,
        position,
        count: rows.length,
        subjects: Buffer.concat(
          rows.map(({ subject_id: subject }, at) =>
            countOf(signed(subject - (at > 0 ? rows[at - 1].subject_id : 0))),
          ),
        ),
        rows: Buffer.concat([
          Buffer.of(SINGLE),
          ...rows.flatMap(({ row }) => [countOf(row.length), row]),
        ]),
      });
    }
  }
  await knex.schema.dropTable('evidence_rows');
};

/**
 * Rows that were sealed in blocks can't be read by what came before: they count as erased there.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.createTable('evidence_rows', table => {
    table
      .integer('document_id')
      .notNullable()
      .references('id')
      .inTable('evidence_documents');
    table.integer('position').notNullable();
    table
      .integer('subject_id')
      .notNullable()
      .references('id')
      .inTable('evidence_subjects');
    table.binary('row').notNullable().comment('Nonce, tag and ciphertext');
    table.primary(['document_id', 'position']);
    table.index(['subject_id'], 'evidence_rows_subject');
  });
  const blocks = await knex('evidence_row_blocks').select(
    'document_id',
    'position',
  );
  for (const place of blocks) {
    const block = await knex('evidence_row_blocks').where(place).first();
    const isSingle = block.rows[0] === SINGLE;
    const bytes = { at: 1, of: block.rows };
    const subjects = { at: 0, of: block.subjects };
    let subject = 0;
    for (let at = 0; at < block.count; at++) {
      subject += unsigned(readCount(subjects));
      const length = isSingle ? readCount(bytes) : 0;
      bytes.at += length;
      await knex('evidence_rows').insert({
        document_id: block.document_id,
        position: block.position + at,
        subject_id: subject,
        row: block.rows.subarray(bytes.at - length, bytes.at),
      });
    }
  }
  await knex.schema.dropTable('evidence_row_blocks');
};

/** Seven bits a byte, the lowest first; the last one has no mark. */
function countOf(value) {
  const bytes = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

function readCount(from) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = from.of[from.at++];
    value += (byte % 128) * factor;
    if (byte < 128) {
      return value;
    }
  }
}

function signed(value) {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

function unsigned(value) {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
