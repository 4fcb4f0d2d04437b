/**
 * Versions that stand as copies in other models, and which version each is a copy of.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('models_copies', table => {
    table.increments('id');
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table
      .string('created_at', 32)
      .comment('Tells the version from a later one of the same name');
    table.string('target_source', 255).notNullable();
    table.string('target_name', 512).notNullable();
    table.string('target_version', 255).notNullable();
    table.string('target_created_at', 32);
    table.string('mark', 64).notNullable().comment('Under which it was made');
    table.string('made_at', 32).notNullable();
    table.unique(['target_source', 'target_name', 'target_version'], {
      indexName: 'models_copies_target',
    });
    table.index(['source', 'name'], 'models_copies_origin');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('models_copies');
};
