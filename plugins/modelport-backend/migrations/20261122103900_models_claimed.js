const INDEX = 'models_models_claimed_by';

/**
 * Every page of an entity asks for the model of that entity: without an index that read all models.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('models_models', table => {
    table.index(['claimed_by'], INDEX);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('models_models', table => {
    table.dropIndex(['claimed_by'], INDEX);
  });
};
