/**
 * Models and versions as last seen, with what lists filter and sort by in columns and the rest as JSON text.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('models_sequence', table => {
    table.integer('id').primary();
    table.bigInteger('value').notNullable();
  });
  await knex('models_sequence').insert({ id: 1, value: 0 });

  await knex.schema.createTable('models_models', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('name_sort', 512).notNullable().comment('Lower case');
    table.string('entity_name', 63).notNullable();
    table.text('claimed_by').nullable();
    table.text('owner_tag').nullable();
    table
      .text('owner_candidates')
      .notNullable()
      .comment('Entity refs that own the model where the catalog knows them');
    table.text('owner').nullable();
    table.text('system').nullable();
    table.text('lifecycle').nullable();
    table.text('task').nullable();
    table.text('own_framework').nullable();
    table
      .text('framework')
      .nullable()
      .comment('Its own, else that of its newest version');
    table.string('risk_tier', 16).notNullable();
    table.string('risk_tier_proposed', 16).nullable();
    table.string('latest_version', 255).nullable();
    table.integer('version_count').notNullable();
    table.text('main_metric_key').nullable();
    table.double('main_metric_value').nullable();
    table.string('drift', 16).notNullable();
    table.double('card_completeness').nullable();
    table.string('created_at', 32).nullable();
    table.string('updated_at', 32).nullable();
    table.string('fingerprint', 64).notNullable();
    table.string('retired_at', 32).nullable();
    table.bigInteger('seq').notNullable();
    table.unique(['source', 'name'], { indexName: 'models_models_name' });
    table.unique(['entity_name'], { indexName: 'models_models_entity_name' });
    table.index(['seq', 'id'], 'models_models_seq');
    table.index(['name_sort', 'id'], 'models_models_name_sort');
    table.index(['updated_at', 'id'], 'models_models_updated_at');
  });

  // What no list filters or sorts by stands apart, so that scans read little.
  await knex.schema.createTable('models_contents', table => {
    table
      .integer('model_id')
      .primary()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.text('description').nullable();
    table.text('risk_tier_confirmed').nullable();
    table.text('tags').notNullable();
    table.text('aliases').notNullable();
    table.text('links').notNullable();
    table.text('environments').notNullable();
    table.text('main_metric').nullable();
    table.text('trend').notNullable();
    table.text('problem').nullable();
  });

  await knex.schema.createTable('models_search', table => {
    table
      .integer('model_id')
      .primary()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.text('text').notNullable().comment('Lower case');
  });

  await knex.schema.createTable('models_tags', table => {
    table
      .integer('model_id')
      .notNullable()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.string('key', 255).notNullable();
    table
      .string('value_head', 200)
      .notNullable()
      .comment('The first 200 characters, which an index can hold');
    table.text('value').notNullable();
    table.index(['key', 'value_head', 'model_id'], 'models_tags_key_value');
    table.index(['model_id'], 'models_tags_model');
  });

  await knex.schema.createTable('models_environments', table => {
    table
      .integer('model_id')
      .notNullable()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.string('environment', 255).notNullable();
    table.string('version', 255).notNullable();
    table.string('since', 32).nullable();
    table.primary(['model_id', 'environment']);
    table.index(['environment', 'model_id'], 'models_environments_environment');
  });

  await knex.schema.createTable('models_versions', table => {
    table.increments('id').primary();
    table
      .integer('model_id')
      .notNullable()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.string('version', 255).notNullable();
    table
      .double('position')
      .notNullable()
      .comment('Order among the versions of the model, ascending');
    table.string('fingerprint', 64).notNullable();
    table.text('stage').nullable();
    table.text('author').nullable();
    table.text('framework').nullable();
    table.string('created_at', 32).nullable();
    table.text('head').notNullable();
    table.text('details').notNullable();
    table.text('metrics').notNullable();
    table.text('documents').nullable();
    table.boolean('settled').notNullable();
    table.boolean('documents_due').notNullable();
    table.string('retired_at', 32).nullable();
    table.unique(['model_id', 'version'], {
      indexName: 'models_versions_version',
    });
    table.index(['model_id', 'position'], 'models_versions_position');
    table.index(['documents_due', 'id'], 'models_versions_documents_due');
  });

  await knex.schema.createTable('models_metric_histories', table => {
    table
      .integer('version_id')
      .notNullable()
      .references('id')
      .inTable('models_versions')
      .onDelete('CASCADE');
    table.string('key', 255).notNullable();
    table.text('points').notNullable();
    table.primary(['version_id', 'key']);
  });

  await knex.schema.createTable('models_artefact_lists', table => {
    table
      .integer('version_id')
      .notNullable()
      .references('id')
      .inTable('models_versions')
      .onDelete('CASCADE');
    table.string('path', 512).notNullable();
    table.text('items').notNullable();
    table.string('listed_at', 32).notNullable();
    table.primary(['version_id', 'path']);
  });

  await knex.schema.createTable('models_risk_decisions', table => {
    table.increments('id').primary();
    table
      .integer('model_id')
      .notNullable()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.string('tier', 16).notNullable();
    table.text('by').notNullable();
    table.string('at', 32).notNullable();
    table.text('comment').notNullable();
    table.index(['model_id'], 'models_risk_decisions_model');
  });

  await knex.schema.createTable('models_activities', table => {
    table.increments('id').primary();
    table
      .integer('model_id')
      .notNullable()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.string('at', 32).notNullable();
    table.text('by').nullable();
    table.string('kind', 32).notNullable();
    table.string('version', 255).nullable();
    table.text('detail').notNullable();
    table.index(['model_id', 'id'], 'models_activities_model');
  });

  await knex.schema.createTable('models_claims', table => {
    table.increments('id').primary();
    table.string('source', 255).nullable().comment('Null claims any source');
    table.string('name', 512).notNullable();
    table.text('entity_ref').notNullable();
    table.index(['name'], 'models_claims_name');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'models_claims',
    'models_activities',
    'models_risk_decisions',
    'models_artefact_lists',
    'models_metric_histories',
    'models_versions',
    'models_environments',
    'models_tags',
    'models_search',
    'models_contents',
    'models_models',
    'models_sequence',
  ]) {
    await knex.schema.dropTable(table);
  }
};
