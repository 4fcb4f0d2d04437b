const KINDS_WITH_ROWS = ['evaluation-rows', 'explanation'];

/**
 * Deletes bytes in the clear that came once as something else, and that were read as rows of single people too.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex('evidence_contents')
    .whereNotNull('bytes')
    .whereIn(
      'digest',
      knex('evidence_documents')
        .where({ status: 'read' })
        .whereIn('kind', KINDS_WITH_ROWS)
        .select('digest'),
    )
    .update({ bytes: null });
};

/** What was deleted stays so. */
exports.down = async function down() {};
