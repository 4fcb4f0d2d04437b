/**
 * Documents known about versions, the bytes that they came as, and the tokens that pipelines push with.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('evidence_contents', table => {
    table.string('digest', 64).primary();
    table.bigInteger('size').notNullable();
    table
      .binary('bytes')
      .nullable()
      .comment('As received; null where only its rows are kept, encrypted');
  });

  await knex.schema.createTable('evidence_documents', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table
      .string('version_created_at', 32)
      .notNullable()
      .comment('Tells a version from an older one of the same name, or empty');
    table.string('kind', 64).notNullable();
    table.string('digest', 64).notNullable();
    table.integer('schema_version').nullable();
    table.string('status', 16).notNullable();
    table.text('message').nullable();
    table.string('reader', 255).nullable();
    table.text('producer').nullable();
    table.string('produced_at', 32).nullable();
    table.string('received_at', 32).notNullable();
    table.string('media_type', 255).notNullable();
    table.string('origin', 16).notNullable();
    table.text('path').nullable();
    table.text('by').nullable();
    table.text('body').nullable().comment('What was read of it');
    table.unique(
      ['source', 'name', 'version', 'version_created_at', 'digest', 'kind'],
      { indexName: 'evidence_documents_document' },
    );
    table.index(['digest'], 'evidence_documents_digest');
    table.index(
      ['source', 'name', 'version', 'id'],
      'evidence_documents_version',
    );
  });

  await knex.schema.createTable('evidence_versions', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table
      .string('state', 128)
      .notNullable()
      .comment('Of the version when its artefacts were read');
    table.text('problems').notNullable();
    table.primary(['source', 'name', 'version']);
  });

  await knex.schema.createTable('evidence_progress', table => {
    table.string('task', 64).primary();
    table.text('cursor').notNullable();
  });

  await knex.schema.createTable('evidence_push_tokens', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('model', 512).notNullable();
    table.string('name', 100).notNullable();
    table.string('secret_hash', 64).notNullable().comment('SHA-256, in hex');
    table.string('created_at', 32).notNullable();
    table.text('created_by').notNullable();
    table.string('expires_at', 32).nullable();
    table.string('last_used_at', 32).nullable();
    table.string('revoked_at', 32).nullable();
    table.text('revoked_by').nullable();
    table.index(['source', 'model'], 'evidence_push_tokens_model');
  });

  // A row of an evaluation is readable while the key of its subject is there.
  await knex.schema.createTable('evidence_subjects', table => {
    table.increments('id').primary();
    table.string('pseudonym', 64).notNullable();
    table.binary('key').nullable().comment('Null once it was erased');
    table.string('erased_at', 32).nullable();
    table.text('erased_by').nullable();
    table.unique(['pseudonym'], { indexName: 'evidence_subjects_pseudonym' });
  });

  await knex.schema.createTable('evidence_rows', table => {
    table
      .integer('document_id')
      .notNullable()
      .references('id')
      .inTable('evidence_documents');
    table.integer('position').notNullable();
    table
      .integer('subject_id')
      .notNullable()
      .references('id')
      .inTable('evidence_subjects');
    table.binary('row').notNullable().comment('Nonce, tag and ciphertext');
    table.primary(['document_id', 'position']);
    table.index(['subject_id'], 'evidence_rows_subject');
  });

  await knex.schema.createTable('evidence_secrets', table => {
    table.string('purpose', 64).primary();
    table.binary('secret').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'evidence_secrets',
    'evidence_rows',
    'evidence_subjects',
    'evidence_push_tokens',
    'evidence_progress',
    'evidence_versions',
    'evidence_documents',
    'evidence_contents',
  ]) {
    await knex.schema.dropTable(table);
  }
};
