/**
 * Up to which change of a model the graph is derived; it follows the changes instead of the passes that make them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex('lineage_rounds').where({ id: 'versions' }).delete();
  await knex.schema.alterTable('lineage_rounds', table => {
    table.text('cursor').nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('lineage_rounds', table => {
    table.dropColumn('cursor');
  });
};
