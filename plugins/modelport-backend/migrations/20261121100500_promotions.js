/**
 * Promotions, whom they wait for, and what was live in which environment, when, and since when that was known.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('promotions_promotions', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('version', 255).notNullable();
    table.string('environment', 255).notNullable();
    table.string('kind', 16).notNullable();
    table.string('state', 16).notNullable();
    table.integer('revision').notNullable();
    table.string('requested_by', 512).notNullable();
    table.string('requested_at', 32).notNullable();
    table.string('expires_at', 32).notNullable();
    table
      .string('due_at', 32)
      .nullable()
      .comment('When time alone changes something: it or a waiver expires');
    table
      .string('open_key', 64)
      .nullable()
      .comment('Of version and environment, while it is undecided');
    table
      .string('executing_key', 64)
      .nullable()
      .comment('Of model and environment, while it is executed');
    table.string('facts', 64).notNullable().comment('What it was judged on');
    table.text('document').notNullable();
    table.unique(['open_key'], { indexName: 'promotions_promotions_open' });
    table.unique(['executing_key'], {
      indexName: 'promotions_promotions_executing',
    });
    table.index(
      ['source', 'name', 'environment', 'state'],
      'promotions_promotions_model',
    );
    table.index(['name', 'id'], 'promotions_promotions_name');
    table.index(['state', 'id'], 'promotions_promotions_state');
    table.index(['environment', 'id'], 'promotions_promotions_environment');
    table.index(['requested_by', 'id'], 'promotions_promotions_requester');
    table.index(['due_at'], 'promotions_promotions_due');
  });

  await knex.schema.createTable('promotions_waiting', table => {
    table
      .integer('promotion_id')
      .notNullable()
      .references('id')
      .inTable('promotions_promotions')
      .onDelete('CASCADE');
    table.string('entity_ref', 512).notNullable();
    table.primary(['promotion_id', 'entity_ref']);
    table.index(['entity_ref', 'promotion_id'], 'promotions_waiting_ref');
  });

  await knex.schema.createTable('promotions_done', table => {
    table
      .integer('promotion_id')
      .notNullable()
      .references('id')
      .inTable('promotions_promotions')
      .onDelete('CASCADE');
    table
      .string('entity_ref', 512)
      .notNullable()
      .comment('Who decided already, or may not');
    table.primary(['promotion_id', 'entity_ref']);
  });

  await knex.schema.createTable('promotions_periods', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.string('environment', 255).notNullable();
    table
      .string('version', 255)
      .nullable()
      .comment('Null where the environment was empty');
    table
      .string('valid_from', 32)
      .nullable()
      .comment('Null where it was so before the portal watched');
    table.string('watched_from', 32).notNullable();
    table.string('valid_until', 32).nullable();
    table.string('known_from', 32).notNullable();
    table
      .string('known_since', 32)
      .notNullable()
      .comment('Since when it was known that it is live; its end came later');
    table.string('known_until', 32).nullable();
    table.string('by', 512).nullable();
    table.integer('promotion_id').nullable();
    table.boolean('behind_portal').notNullable();
    table.index(
      ['source', 'name', 'environment', 'id'],
      'promotions_periods_environment',
    );
  });

  await knex.schema.createTable('promotions_progress', table => {
    table.string('task', 64).primary();
    table.text('cursor').notNullable();
  });

  await knex.schema.createTable('promotions_unsettled', table => {
    table.string('source', 255).notNullable();
    table.string('name', 512).notNullable();
    table.primary(['source', 'name']);
  });

  await knex.schema.createTable('models_rules', table => {
    table
      .integer('model_id')
      .primary()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.text('promotions').notNullable().comment('As the source has them');
  });

  // What lists show of promotions stands beside the model's row.
  await knex.schema.createTable('models_reviews', table => {
    table
      .integer('model_id')
      .primary()
      .references('id')
      .inTable('models_models')
      .onDelete('CASCADE');
    table.integer('promotions').notNullable().comment('Undecided ones');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'models_reviews',
    'models_rules',
    'promotions_unsettled',
    'promotions_progress',
    'promotions_periods',
    'promotions_done',
    'promotions_waiting',
    'promotions_promotions',
  ]) {
    await knex.schema.dropTable(table);
  }
};
