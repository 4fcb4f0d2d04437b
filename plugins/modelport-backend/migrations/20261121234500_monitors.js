/**
 * What is computed here of a model's data: monitors as sources and people declare them, how they ran, and counts of rows
 * that were sent. No row is kept.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('models_monitors', table => {
    table
      .integer('model_id')
      .primary()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.text('definition').notNullable().comment('As its source has it');
  });

  await knex.schema.createTable('monitoring_monitors', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.text('definition').notNullable();
    table.string('declared_by', 512).notNullable();
    table.string('declared_at', 32).notNullable();
    table.primary(['source', 'name']);
  });

  await knex.schema.createTable('monitoring_runs', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table.text('state').notNullable();
    table.string('ran_at', 32).notNullable();
    table.text('message').nullable();
    table.integer('windows').notNullable();
    table.text('reference').nullable();
    table.string('reference_state', 64).nullable();
    table.primary(['source', 'name']);
  });

  await knex.schema.createTable('monitoring_counts', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table.string('version_created_at', 32).notNullable();
    table.bigInteger('start_at').notNullable();
    table.bigInteger('end_at').notNullable();
    table
      .string('reference_state', 64)
      .notNullable()
      .comment('Counts in other bins than those of the reference are dropped');
    table.text('counts').nullable();
    table.string('changed_at', 32).notNullable();
    table
      .string('told_at', 32)
      .nullable()
      .comment('The change that was last made a part of the evidence');
    table.primary([
      'source',
      'name',
      'version',
      'version_created_at',
      'start_at',
      'end_at',
    ]);
  });

  await knex.schema.createTable('monitoring_batches', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table.string('version_created_at', 32).notNullable();
    table.string('batch', 200).notNullable();
    table.string('at', 32).notNullable();
    table.primary(['source', 'name', 'version', 'version_created_at', 'batch']);
  });

  await knex.schema.createTable('monitoring_rules', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.text('rules').notNullable();
    table.string('declared_by', 512).notNullable();
    table.string('declared_at', 32).notNullable();
    table.primary(['source', 'name']);
  });

  await knex.schema.alterTable('monitoring_points', table => {
    table
      .double('noise_floor')
      .nullable()
      .comment('Where it does not follow from the sizes');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('monitoring_points', table => {
    table.dropColumn('noise_floor');
  });
  for (const table of [
    'monitoring_rules',
    'monitoring_batches',
    'monitoring_counts',
    'monitoring_runs',
    'monitoring_monitors',
    'models_monitors',
  ]) {
    await knex.schema.dropTable(table);
  }
};
