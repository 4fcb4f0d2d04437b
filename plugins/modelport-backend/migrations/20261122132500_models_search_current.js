/**
 * A search reads the texts of all models: with what a list is sorted by beside them, and those of current models only,
 * it finds, counts and sorts without their rows.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex('models_search')
    .whereIn('model_id', retired =>
      retired.from('models_models').whereNotNull('retired_at').select('id'),
    )
    .delete();
  await knex.schema.alterTable('models_search', table => {
    table.string('name_sort', 512).notNullable().defaultTo('');
  });
  await knex('models_search').update({
    name_sort: knex('models_models')
      .select('name_sort')
      .where('models_models.id', knex.ref('models_search.model_id')),
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('models_search', table => {
    table.dropColumn('name_sort');
  });
};
