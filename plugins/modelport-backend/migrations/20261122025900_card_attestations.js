/**
 * Who said in the portal that a field of a card is right, or does not apply, and what it said then.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('cards_attestations', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table
      .string('version_created_at', 32)
      .notNullable()
      .comment('Tells a version from an older one of the same name, or empty');
    table.string('path', 64).notNullable();
    table
      .string('stated', 64)
      .notNullable()
      .comment(
        'SHA-256 of what the field said; "derived" where it was derived',
      );
    table.string('by', 512).notNullable();
    table.string('at', 32).notNullable();
    table.index(
      ['source', 'name', 'version', 'id'],
      'cards_attestations_version',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cards_attestations');
};
