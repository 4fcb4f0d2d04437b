/**
 * Which reasons were given for decisions, for as long as that is to be shown.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('explanations_decisions', table => {
    table.string('record_id', 36).primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table.string('at', 32).notNullable();
    table.text('by').notNullable();
    table.string('kept_until', 32).notNullable();
    table.text('method').notNullable();
    table.string('dictionary_version', 100).notNullable();
    table.string('dictionary_digest', 64).notNullable();
    table.string('explanation_digest', 64).nullable();
    table.string('model_digest', 64).nullable();
    table.text('request').notNullable().comment('What was asked, but no rows');
    table.text('withheld').nullable().comment('Why no reasons were given');
    table.text('reasons').notNullable();
    table
      .text('contributions')
      .nullable()
      .comment('Only where the caller asked to keep them');
    table.index(
      ['source', 'name', 'version'],
      'explanations_decisions_version',
    );
    table.index(['kept_until'], 'explanations_decisions_kept_until');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('explanations_decisions');
};
