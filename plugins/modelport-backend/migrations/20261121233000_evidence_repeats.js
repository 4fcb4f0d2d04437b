/**
 * Who else brought a document that was there already: whose evidence counts is asked of each of them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('evidence_repeats', table => {
    table
      .integer('document_id')
      .notNullable()
      .references('id')
      .inTable('evidence_documents');
    table.string('origin', 16).notNullable();
    table
      .string('by', 512)
      .notNullable()
      .comment('Empty for what lies among the artefacts');
    table.string('received_at', 32).notNullable();
    table.primary(['document_id', 'origin', 'by']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('evidence_repeats');
};
