/**
 * What alerts are to start, and whether all was told and started: where a backend ends in between, the next round goes on.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('monitoring_alerts', table => {
    table.text('wanted').nullable().comment('Ids of actions, as JSON');
    table
      .string('begun_at', 32)
      .nullable()
      .comment('When all was told and started');
    table.index(['begun_at'], 'monitoring_alerts_begun');
  });
  await knex('monitoring_alerts').update({
    begun_at: knex.ref('opened_at'),
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('monitoring_alerts', table => {
    table.dropIndex(['begun_at'], 'monitoring_alerts_begun');
    table.dropColumn('begun_at');
    table.dropColumn('wanted');
  });
};
