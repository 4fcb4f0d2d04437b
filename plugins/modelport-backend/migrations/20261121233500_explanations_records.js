/**
 * What it takes to run a recorded decision again, dictionaries that people write in the portal, and what was found about
 * prohibited factors.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('explanations_decisions', table => {
    table.dropColumn('contributions');
  });
  await knex.schema.alterTable('explanations_decisions', table => {
    table
      .string('input_type', 16)
      .notNullable()
      .defaultTo('contributions')
      .comment('row, values or contributions');
    table
      .integer('input_position')
      .nullable()
      .comment('Of the row in the explanation');
    table
      .string('input_digest', 64)
      .nullable()
      .comment('Keyed, so that nobody guesses what it is of');
    table
      .integer('subject_id')
      .nullable()
      .comment('Whose key the sealed input is encrypted with');
    table
      .binary('sealed_input')
      .nullable()
      .comment('Only where the caller asked to keep it');
  });

  await knex.schema.createTable('explanations_dictionaries', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('state', 16).notNullable();
    table.string('version', 100).notNullable();
    table.string('digest', 64).notNullable();
    table.text('dictionary').notNullable();
    table.text('comment').notNullable();
    table.text('proposed_by').notNullable();
    table.string('proposed_at', 32).notNullable();
    table.text('decided_by').nullable();
    table.string('decided_at', 32).nullable();
    table.text('decision_comment').nullable();
    table.index(['source', 'name', 'id'], 'explanations_dictionaries_model');
  });

  await knex.schema.createTable('explanations_findings', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table.integer('decisions').notNullable();
    table.text('features').notNullable();
    table.text('raised_by').notNullable().comment('Everybody who asked');
    table.string('first_at', 32).notNullable();
    table.string('last_at', 32).notNullable();
    table.text('closed_by').nullable();
    table.string('closed_at', 32).nullable();
    table.text('closed_why').nullable();
    table.primary(['source', 'name', 'version']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('explanations_findings');
  await knex.schema.dropTable('explanations_dictionaries');
  await knex.schema.alterTable('explanations_decisions', table => {
    table.dropColumns(
      'input_type',
      'input_position',
      'input_digest',
      'subject_id',
      'sealed_input',
    );
  });
  await knex.schema.alterTable('explanations_decisions', table => {
    table.text('contributions').nullable();
  });
};
