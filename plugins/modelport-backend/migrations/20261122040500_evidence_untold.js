/**
 * Models of which not everybody could be told yet that something new is known about them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('evidence_untold', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.integer('attempts').notNullable();
    table.string('due_at', 32).notNullable().comment('When it is told again');
    table.primary(['source', 'name']);
    table.index(['due_at'], 'evidence_untold_due_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('evidence_untold');
};
