import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Client } from 'pg';

type Row = Record<string, SQLInputValue>;

/** The rows that the events of a run became: the events, and the part of the graph around the run. */
export interface RowsOfRun {
  lineage_events: Row[];
  lineage_edges: Row[];
  lineage_nodes: Row[];
}

const SELECT = {
  lineage_events: 'select * from lineage_events where run_id = ',
  lineage_edges:
    'select e.* from lineage_edges e join lineage_nodes n on n."key" in (e.from_key, e.to_key) where n.id = ',
  lineage_nodes:
    'select distinct m.* from lineage_nodes m join lineage_edges e on m."key" in (e.from_key, e.to_key) join lineage_nodes n on n."key" in (e.from_key, e.to_key) where n.id = ',
};

const idOf = (runId: string) => `run:${runId.replaceAll('-', '')}`;

/**
 * Milliseconds that SQLite takes for the rows of a run alone: into the same tables in a file of its own, which holds the
 * rows of the runs before as ours does, a prepared statement for each row, in transactions of as many events as a
 * request has.
 */
export function bareSqlite(
  file: string,
  copy: string,
  options: { runId: string; batch: number },
): number {
  const source = new DatabaseSync(file, { readOnly: true });
  // The portal goes on writing now and then.
  source.exec('pragma busy_timeout = 30000');
  const rows = (table: keyof RowsOfRun) =>
    source
      .prepare(`${SELECT[table]}?`)
      .all(table === 'lineage_events' ? options.runId : idOf(options.runId));
  const target = new DatabaseSync(copy);
  for (const { sql } of source
    .prepare(
      "select sql from sqlite_master where tbl_name in ('lineage_events', 'lineage_edges', 'lineage_nodes') and sql is not null",
    )
    .all()) {
    target.exec(
      String(sql).replace(
        /^create (table|index) /i,
        'create $1 if not exists ',
      ),
    );
  }
  const all = Object.entries({
    lineage_events: rows('lineage_events'),
    lineage_nodes: rows('lineage_nodes'),
    lineage_edges: rows('lineage_edges'),
  });
  const begun = performance.now();
  for (const [table, list] of all) {
    for (let from = 0; from < list.length; from += options.batch) {
      const some = list.slice(from, from + options.batch);
      const columns = Object.keys(some[0]);
      const insert = target.prepare(
        `insert into ${table} (${quoted(columns)}) values (${columns
          .map(() => '?')
          .join(', ')}) on conflict do nothing`,
      );
      target.exec('begin');
      for (const row of some) {
        insert.run(...Object.values(row));
      }
      target.exec('commit');
    }
  }
  const milliseconds = performance.now() - begun;
  source.close();
  target.close();
  return milliseconds;
}

/** The same on PostgreSQL, into copies of the tables with their indexes, which hold the runs before. */
export async function barePostgres(
  client: Client,
  options: { runId: string; batch: number },
): Promise<number> {
  const tables = ['lineage_events', 'lineage_nodes', 'lineage_edges'] as const;
  const all = [];
  for (const table of tables) {
    const { rows } = await client.query<Row>(`${SELECT[table]}$1`, [
      table === 'lineage_events' ? options.runId : idOf(options.runId),
    ]);
    await client.query(
      `create table if not exists bare_${table} (like ${table} including all)`,
    );
    all.push({ table, rows });
  }
  const begun = performance.now();
  for (const { table, rows } of all) {
    for (let from = 0; from < rows.length; from += options.batch) {
      await client.query('begin');
      for (const row of rows.slice(from, from + options.batch)) {
        const columns = Object.keys(row);
        await client.query({
          name: `bare ${table}`,
          text: `insert into bare_${table} (${quoted(
            columns,
          )}) values (${columns
            .map((_, index) => `$${index + 1}`)
            .join(', ')}) on conflict do nothing`,
          values: Object.values(row),
        });
      }
      await client.query('commit');
    }
  }
  return performance.now() - begun;
}

function quoted(columns: string[]): string {
  return columns.map(column => `"${column}"`).join(', ');
}
