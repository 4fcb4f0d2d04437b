/**
 * Series of what tools say of versions by windows of time, and alerts on them. All but the alerts and rules can be made
 * again of the evidence.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('monitoring_series', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table
      .string('version_created_at', 32)
      .notNullable()
      .comment('Tells a version from an older one of the same name, or empty');
    table.string('kind', 16).notNullable();
    table.string('tool', 255).notNullable();
    table.string('tool_version', 255).nullable();
    table.text('feature').nullable();
    table.text('statistic').notNullable();
    table
      .string('variant', 16)
      .nullable()
      .comment('Whether performance is realised or estimated');
    table.string('method', 255).nullable();
    table.text('slice').nullable();
    table.string('labels', 16).nullable();
    table.string('direction', 8).notNullable();
    table.integer('bins').nullable();
    table
      .string('identity', 64)
      .notNullable()
      .comment('SHA-256 of all that tells it from others');
    table.unique(['identity'], { indexName: 'monitoring_series_identity' });
    table.index(
      ['source', 'name', 'version', 'kind'],
      'monitoring_series_version',
    );
  });

  await knex.schema.createTable('monitoring_points', table => {
    table
      .integer('series_id')
      .notNullable()
      .references('id')
      .inTable('monitoring_series');
    table.bigInteger('start_at').notNullable().comment('Milliseconds, UTC');
    table.bigInteger('end_at').notNullable();
    table.boolean('is_reference').notNullable();
    table.integer('document_id').notNullable();
    table.double('value').nullable();
    table
      .string('not_finite', 9)
      .nullable()
      .comment('What the value is instead of a number');
    table.double('lower').nullable();
    table.double('upper').nullable();
    table.double('threshold').nullable();
    table.double('lower_threshold').nullable();
    table.bigInteger('n_reference').nullable();
    table.bigInteger('n_current').nullable();
    table.double('labelled').nullable();
    table.boolean('breach').nullable();
    table.text('detail').nullable();
    table.primary(['series_id', 'start_at', 'end_at', 'is_reference']);
  });

  await knex.schema.createTable('monitoring_documents', table => {
    table.integer('document_id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table.string('version_created_at', 32).notNullable();
    table.string('digest', 64).notNullable();
    table.string('kind', 16).notNullable();
    table
      .text('unplaced')
      .nullable()
      .comment('Why some of it stands in no series; null where all does');
    table.index(['source', 'name', 'version'], 'monitoring_documents_version');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'monitoring_documents',
    'monitoring_points',
    'monitoring_series',
  ]) {
    await knex.schema.dropTable(table);
  }
};
