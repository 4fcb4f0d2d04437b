/**
 * Which document says of a window what another one said before it, so that the older one can count again: what was
 * computed before a change and after it was taken back is the same document.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('monitoring_documents', table => {
    table.integer('replaced_by').nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('monitoring_documents', table => {
    table.dropColumn('replaced_by');
  });
};
