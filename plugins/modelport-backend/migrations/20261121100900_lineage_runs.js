/**
 * What is known of the end of OpenLineage runs, and what those said to make that ended without completing: it counts as
 * soon as they complete after all. Events are found by their age, since they are not kept for ever.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('lineage_runs', table => {
    table.string('run_key', 32).primary();
    table.integer('failed').notNullable().comment('1 after FAIL or ABORT');
    table.integer('completed').notNullable().comment('1 after COMPLETE');
  });
  await knex.schema.createTable('lineage_attempts', table => {
    table.string('from_key', 32).notNullable();
    table.string('to_key', 32).notNullable();
    table.string('kind', 16).notNullable();
    table.string('first_seen', 32).notNullable();
    table.string('last_seen', 32).notNullable();
    table.primary(['from_key', 'to_key', 'kind']);
  });
  await knex.schema.alterTable('lineage_events', table => {
    table.index(['received_at'], 'lineage_events_received_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('lineage_events', table => {
    table.dropIndex(['received_at'], 'lineage_events_received_at');
  });
  await knex.schema.dropTable('lineage_attempts');
  await knex.schema.dropTable('lineage_runs');
};
