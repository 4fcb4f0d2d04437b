/**
 * What an action of an alert started elsewhere, and whether it ended, so that it is read back until it does.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('monitoring_alert_actions', table => {
    table
      .string('run', 255)
      .nullable()
      .comment('Its id there, where it has one');
    table.boolean('run_ended').notNullable().defaultTo(false);
  });
  await knex('monitoring_alert_actions')
    .whereIn('message', ['Its run: success', 'Its run: failed'])
    .update({ run_ended: true });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('monitoring_alert_actions', table => {
    table.dropColumn('run_ended');
    table.dropColumn('run');
  });
};
