/**
 * The chain of what was done. Neither database lets its rows be changed or deleted.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_entries', table => {
    table.integer('seq').primary();
    table.string('at', 32).notNullable();
    table.string('actor', 512).notNullable();
    table.string('action', 64).notNullable();
    table.string('source', 255).nullable();
    table.string('name', 512).nullable();
    table.string('version', 255).nullable();
    table.string('environment', 255).nullable();
    table.string('promotion', 64).nullable();
    table.text('detail').notNullable();
    table.string('previous_digest', 64).notNullable();
    table.string('digest', 64).notNullable();
    table.index(['source', 'name', 'seq'], 'audit_entries_model');
    table.index(['name', 'seq'], 'audit_entries_name');
    table.index(['promotion', 'seq'], 'audit_entries_promotion');
  });

  await knex.schema.createTable('audit_head', table => {
    table.integer('id').primary();
    table.integer('seq').notNullable();
    table.string('digest', 64).notNullable();
  });
  await knex('audit_head').insert({ id: 1, seq: 0, digest: '0'.repeat(64) });

  if (knex.client.config.client === 'pg') {
    await knex.raw(`create function audit_entries_refuse() returns trigger as $$
      begin
        raise exception 'entries of the audit chain are neither changed nor deleted';
      end;
    $$ language plpgsql`);
    await knex.raw(`create trigger audit_entries_kept
      before update or delete on audit_entries
      for each row execute function audit_entries_refuse()`);
    await knex.raw(`create trigger audit_entries_not_truncated
      before truncate on audit_entries
      for each statement execute function audit_entries_refuse()`);
  } else {
    for (const verb of ['update', 'delete']) {
      await knex.raw(`create trigger audit_entries_no_${verb}
        before ${verb} on audit_entries
        begin
          select raise(abort, 'entries of the audit chain are neither changed nor deleted');
        end`);
    }
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_entries');
  await knex.schema.dropTable('audit_head');
  if (knex.client.config.client === 'pg') {
    await knex.raw('drop function audit_entries_refuse()');
  }
};
