/**
 * Sources with their last pass, and the passes that people and webhooks asked for.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('sources_sources', table => {
    table.string('id', 255).primary();
    table.string('provider', 255).notNullable();
    table.string('kind', 255).notNullable();
    table.text('url').nullable();
    table.text('capabilities').notNullable();
    table.string('state', 16).notNullable();
    table.string('last_success_at', 32).nullable();
    table.string('last_pass_at', 32).nullable();
    table.text('errors').notNullable();
    table.text('progress').nullable();
    table
      .text('checkpoint')
      .nullable()
      .comment('Where a pass stands, so that one cut short goes on from there');
    table.string('created_at', 32).notNullable();
    table.index(['provider'], 'sources_sources_provider');
  });
  await knex.schema.createTable('sources_requests', table => {
    table.increments('id').primary();
    table.string('source', 255).notNullable();
    table.text('model').nullable().comment('Null asks for a full pass');
    table.boolean('accept_retirement').notNullable();
    table.index(['source'], 'sources_requests_source');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sources_requests');
  await knex.schema.dropTable('sources_sources');
};
