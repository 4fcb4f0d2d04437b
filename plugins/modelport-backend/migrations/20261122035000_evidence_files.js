/**
 * Which files of a version were read, and in which state, so that a file that is the same is not fetched again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('evidence_versions', table => {
    table.text('files').nullable().comment('JSON; null where it is not known');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('evidence_versions', table => {
    table.dropColumn('files');
  });
};
