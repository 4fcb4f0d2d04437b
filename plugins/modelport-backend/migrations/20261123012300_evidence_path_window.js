const KEY = [
  'source',
  'name',
  'version',
  'version_created_at',
  'digest',
  'kind',
];
const AT_ONCE = 200;

/**
 * The window of time that the path of a document says: the same bytes in another window are another document, as a report
 * that finds nothing every day.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('evidence_documents', table => {
    table.string('path_window', 64).notNullable().defaultTo('');
  });
  await tellKnown(knex);
  await replaceUnique(knex, [], ['path_window']);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // Of the same bytes the first is kept, as it was before.
  const later = knex('evidence_documents')
    .where('path_window', '<>', '')
    .whereNotIn('id', knex('evidence_documents').min('id').groupBy(KEY))
    .select('id');
  await knex('evidence_repeats').whereIn('document_id', later).delete();
  await knex('evidence_documents').whereIn('id', later).delete();
  await replaceUnique(knex, ['path_window'], []);
  await knex.schema.alterTable('evidence_documents', table => {
    table.dropColumn('path_window');
  });
};

async function replaceUnique(knex, before, after) {
  const indexName = 'evidence_documents_document';
  await knex.schema.alterTable('evidence_documents', table => {
    table.dropUnique([...KEY, ...before], indexName);
  });
  await knex.schema.alterTable('evidence_documents', table => {
    table.unique([...KEY, ...after], { indexName });
  });
}

/** Says of documents that are there what their paths said. */
async function tellKnown(knex) {
  let last = 0;
  for (;;) {
    const rows = await knex('evidence_documents')
      .where('id', '>', last)
      .where({ status: 'read' })
      .where('body', 'like', '%"windowFrom":"path"%')
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id', 'body');
    if (rows.length === 0) {
      return;
    }
    for (const { id, body } of rows) {
      const { windowFrom, window } = JSON.parse(body);
      if (windowFrom === 'path' && window) {
        await knex('evidence_documents')
          .where({ id })
          .update({ path_window: `${window.start}/${window.end}` });
      }
      last = id;
    }
  }
}
