/**
 * Alerts on what monitoring says, what happened to them, and what they started.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('monitoring_alerts', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table.string('rule', 100).notNullable();
    table.string('category', 16).notNullable();
    table.string('severity', 8).notNullable();
    table.string('state', 16).notNullable();
    table
      .string('group_key', 64)
      .nullable()
      .comment('Of one cause, while it is not closed: one alert at a time');
    table.text('findings').notNullable();
    table.string('opened_at', 32).notNullable();
    table.string('updated_at', 32).notNullable();
    table.text('acknowledged').nullable();
    table.text('closed').nullable();
    table.unique(['group_key'], { indexName: 'monitoring_alerts_group' });
    table.index(['state', 'id'], 'monitoring_alerts_state');
    table.index(['source', 'name', 'id'], 'monitoring_alerts_model');
  });

  await knex.schema.createTable('monitoring_alert_events', table => {
    table.increments('id').primary();
    table
      .integer('alert_id')
      .notNullable()
      .references('id')
      .inTable('monitoring_alerts');
    table.string('at', 32).notNullable();
    table.text('by').nullable();
    table.string('kind', 16).notNullable();
    table.text('text').notNullable();
    table.index(['alert_id'], 'monitoring_alert_events_alert');
  });

  await knex.schema.createTable('monitoring_alert_actions', table => {
    table
      .integer('alert_id')
      .notNullable()
      .references('id')
      .inTable('monitoring_alerts');
    table.string('action', 100).notNullable();
    table.string('type', 16).notNullable();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('state', 16).notNullable();
    table.text('message').nullable();
    table.text('link').nullable();
    table.string('at', 32).notNullable();
    table.primary(['alert_id', 'action']);
    table.index(['source', 'name', 'action'], 'monitoring_alert_actions_model');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'monitoring_alert_actions',
    'monitoring_alert_events',
    'monitoring_alerts',
  ]) {
    await knex.schema.dropTable(table);
  }
};
