/**
 * By which rule an entry's digest is made: 1 is over the whole entry, 2 over the previous digest and the digest of what
 * it says, so that the chain can be walked without showing that. On SQLite, `insert or replace` fires no trigger of a
 * delete, so that taking a number again is refused as well.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('audit_entries', table => {
    table.integer('rule').notNullable().defaultTo(1);
  });
  if (knex.client.config.client !== 'pg') {
    await knex.raw(`create trigger audit_entries_no_replace
      before insert on audit_entries
      when exists (select 1 from audit_entries where seq = new.seq)
      begin
        select raise(abort, 'entries of the audit chain are neither changed nor deleted');
      end`);
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (knex.client.config.client !== 'pg') {
    await knex.raw('drop trigger audit_entries_no_replace');
  }
  // By hand, since knex would copy SQLite's table and lose its other triggers.
  await knex.raw('alter table audit_entries drop column rule');
};
