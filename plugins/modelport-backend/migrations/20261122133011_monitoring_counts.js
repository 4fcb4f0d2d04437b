/**
 * Counts of rows that were sent: when no more labels of a window are waited for, and finding those that are old.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('monitoring_counts', table => {
    table
      .string('matures_at', 32)
      .nullable()
      .comment(
        'When no more labels are waited for; null once that was told of',
      );
    table.index(['matures_at'], 'monitoring_counts_matures');
    table.index(['end_at'], 'monitoring_counts_end');
  });
  await knex.schema.alterTable('monitoring_batches', table => {
    table.index(['at'], 'monitoring_batches_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('monitoring_batches', table => {
    table.dropIndex(['at'], 'monitoring_batches_at');
  });
  await knex.schema.alterTable('monitoring_counts', table => {
    table.dropIndex(['end_at'], 'monitoring_counts_end');
    table.dropIndex(['matures_at'], 'monitoring_counts_matures');
    table.dropColumn('matures_at');
  });
};
