/**
 * The graph of what made versions and what uses them: nodes by a key made from their readable id, edges with where they
 * come from, OpenLineage events as received, and how far the rounds over all versions and models have come.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('lineage_nodes', table => {
    table
      .string('key', 32)
      .primary()
      .comment('The first half of the SHA-256 of the id, which an index holds');
    table.text('id').notNullable();
    table.string('kind', 16).notNullable();
    table.text('name').notNullable();
    table.text('version').nullable();
    table.text('entity_ref').nullable();
    table
      .string('family', 32)
      .nullable()
      .comment('Key of the same dataset without a version');
    table
      .string('model_source', 255)
      .nullable()
      .comment('The model without which nobody may read the node');
    table.string('model_name', 512).nullable();
    table.index(['family'], 'lineage_nodes_family');
    table.index(['model_source', 'model_name'], 'lineage_nodes_model');
  });
  await knex.schema.createTable('lineage_edges', table => {
    table.string('from_key', 32).notNullable();
    table.string('to_key', 32).notNullable();
    table.string('kind', 16).notNullable();
    table
      .string('origin', 33)
      .notNullable()
      .comment('What says so: a version, a model, or OpenLineage events');
    table.string('first_seen', 32).notNullable();
    table.string('last_seen', 32).notNullable();
    table.primary(['from_key', 'to_key', 'kind', 'origin']);
    table.index(['to_key', 'from_key'], 'lineage_edges_to');
    table.index(['origin'], 'lineage_edges_origin');
  });
  await knex.schema.createTable('lineage_events', table => {
    table
      .string('digest', 64)
      .primary()
      .comment('SHA-256 of the event with its keys in order');
    table.text('run_id').nullable();
    table.string('event_type', 16).nullable();
    table.string('event_time', 32).notNullable();
    table.string('received_at', 32).notNullable();
    table.text('body').notNullable();
  });
  await knex.schema.createTable('lineage_rounds', table => {
    table.string('id', 16).primary();
    table
      .integer('after')
      .nullable()
      .comment('Id of the last row of a round under way');
    table.string('ended_at', 32).nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'lineage_rounds',
    'lineage_events',
    'lineage_edges',
    'lineage_nodes',
  ]) {
    await knex.schema.dropTable(table);
  }
};
