/**
 * Several versions in one environment: what sources say of it, and what was so when.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('models_contents', table => {
    table
      .text('traffic')
      .nullable()
      .comment('By environment, versions that share what comes there');
  });
  await knex.schema.alterTable('promotions_periods', table => {
    table
      .text('shares')
      .nullable()
      .comment('Of several versions; null where one had everything');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('promotions_periods', table => {
    table.dropColumn('shares');
  });
  await knex.schema.alterTable('models_contents', table => {
    table.dropColumn('traffic');
  });
};
