/**
 * Comments in a table of their own: lists of promotions need none of them, and each new one wrote the others again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('promotions_comments', table => {
    table.increments('id').primary();
    table
      .integer('promotion_id')
      .notNullable()
      .references('id')
      .inTable('promotions_promotions')
      .onDelete('CASCADE');
    table.string('by', 512).notNullable();
    table.text('text').notNullable();
    table.string('at', 32).notNullable();
    table.index(['promotion_id', 'id'], 'promotions_comments_promotion');
  });
  await eachDocument(knex, async (id, { comments, ...document }) => {
    for (const { by, text, at } of comments ?? []) {
      await knex('promotions_comments').insert({
        promotion_id: id,
        ...{ by, text, at },
      });
    }
    return document;
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await eachDocument(knex, async (id, document) => ({
    ...document,
    comments: await knex('promotions_comments')
      .where({ promotion_id: id })
      .orderBy('id')
      .select('by', 'text', 'at'),
  }));
  await knex.schema.dropTable('promotions_comments');
};

async function eachDocument(knex, change) {
  const ids = await knex('promotions_promotions').orderBy('id').pluck('id');
  for (const id of ids) {
    const { document } = await knex('promotions_promotions')
      .where({ id })
      .first('document');
    const changed = await change(id, JSON.parse(document));
    await knex('promotions_promotions')
      .where({ id })
      .update({ document: JSON.stringify(changed) });
  }
}
