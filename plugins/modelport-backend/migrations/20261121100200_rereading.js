/**
 * What is read again after a while: documents after growing waits, details of finished versions round by round; what
 * could not be read of a version; and webhooks that were taken, so that a second delivery does nothing.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('models_versions', table => {
    table
      .string('documents_due_at', 32)
      .nullable()
      .comment(
        'When its documents are to be read; null where they need not be',
      );
    table.integer('documents_attempts').notNullable().defaultTo(0);
    table
      .text('documents_problem')
      .nullable()
      .comment('Why the last reading of its documents failed');
    table
      .text('details_problems')
      .nullable()
      .comment('JSON: what could not be read of its details');
  });
  // Where there was no signature an outage may have been taken for an answer.
  await knex('models_versions')
    .where({ documents_due: true })
    .orWhere('documents', 'like', '{"signature":null,%')
    .update({ documents_due_at: new Date(0).toISOString() });
  await knex.schema.alterTable('models_versions', table => {
    table.dropIndex([], 'models_versions_documents_due');
  });
  // Knex would build the table anew on SQLite, and with it delete what hangs on its rows.
  await knex.raw('alter table models_versions drop column documents_due');
  await knex.schema.alterTable('models_versions', table => {
    table.index(['documents_due_at', 'id'], 'models_versions_documents_due_at');
    table.index(['model_id'], 'models_versions_problems', {
      predicate: knex.whereRaw(
        'documents_problem is not null or details_problems is not null',
      ),
    });
  });

  await knex.schema.alterTable('sources_sources', table => {
    table
      .integer('recheck_after')
      .nullable()
      .comment(
        'Id of the last version of a round of reading finished ones again',
      );
    table
      .string('rechecked_at', 32)
      .nullable()
      .comment('When the last such round ended');
  });
  await knex('sources_sources').update({
    rechecked_at: knex.ref('created_at'),
  });

  await knex.schema.createTable('sources_deliveries', table => {
    table.string('source', 255).notNullable();
    table.string('delivery', 64).notNullable().comment('SHA-256 of its id');
    table.string('expires_at', 32).notNullable();
    table.primary(['source', 'delivery']);
    table.index(['expires_at'], 'sources_deliveries_expires_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sources_deliveries');
  for (const column of ['recheck_after', 'rechecked_at']) {
    await knex.raw('alter table sources_sources drop column ??', [column]);
  }
  await knex.schema.alterTable('models_versions', table => {
    table.dropIndex([], 'models_versions_problems');
    table.dropIndex([], 'models_versions_documents_due_at');
    table.boolean('documents_due').notNullable().defaultTo(true);
  });
  await knex('models_versions')
    .whereNull('documents_due_at')
    .update({ documents_due: false });
  for (const column of [
    'documents_due_at',
    'documents_attempts',
    'documents_problem',
    'details_problems',
  ]) {
    await knex.raw('alter table models_versions drop column ??', [column]);
  }
  await knex.schema.alterTable('models_versions', table => {
    table.index(['documents_due', 'id'], 'models_versions_documents_due');
  });
};
