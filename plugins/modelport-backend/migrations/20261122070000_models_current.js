const INDEXES = {
  models_models_name_sort: ['name_sort', 'id'],
  models_models_updated_at: ['updated_at', 'id'],
};

/**
 * Lists show current models only: an index of those alone also counts them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('models_models', table => {
    for (const [name, columns] of Object.entries(INDEXES)) {
      table.dropIndex(columns, name);
      table.index(columns, name, { predicate: knex.whereNull('retired_at') });
    }
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('models_models', table => {
    for (const [name, columns] of Object.entries(INDEXES)) {
      table.dropIndex(columns, name);
      table.index(columns, name);
    }
  });
};
