/**
 * When a pass was asked for, and what the last one that ended came to.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('sources_sources', table => {
    table.text('last_pass').nullable();
  });
  await knex.schema.alterTable('sources_requests', table => {
    table.string('asked_at', 32).nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('sources_requests', table => {
    table.dropColumn('asked_at');
  });
  await knex.schema.alterTable('sources_sources', table => {
    table.dropColumn('last_pass');
  });
};
