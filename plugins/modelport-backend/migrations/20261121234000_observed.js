/**
 * What was last said to serve in environments.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('promotions_observed', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('environment', 255).notNullable();
    table.string('version', 255).notNullable();
    table.double('share').nullable();
    table.string('last_seen', 32).notNullable();
    table.string('reported_at', 32).notNullable();
    table.string('reported_by', 512).notNullable();
    table.primary(['source', 'name', 'environment', 'version']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('promotions_observed');
};
