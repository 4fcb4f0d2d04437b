import { Activity } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor';
import { fromJson } from './modelRow';

const plainText = z.string().regex(/^[^\0]*$/);

const activityCursor = z.object({ at: plainText, key: plainText });

interface ActivityRow {
  at: string;
  by: string | null;
  kind: Activity['kind'];
  version: string | null;
  detail: string;
  key: string;
}

/** What happened to a model, newest first: its own and its versions' creation, and what was recorded since. */
export async function readActivities(
  knex: Knex,
  model: { id: number },
  options: { limit: number; cursor?: string },
): Promise<{ items: Activity[]; total: number; nextCursor: string | null }> {
  const after = options.cursor
    ? decodeCursor(options.cursor, activityCursor)
    : undefined;
  const all = knex
    .select(
      'at',
      'by',
      'kind',
      'version',
      'detail',
      knex.raw("'a' || cast(id + 1000000000 as varchar(20)) as key"),
    )
    .from('models_activities')
    .where({ model_id: model.id })
    .unionAll(
      knex
        .select(
          { at: 'created_at' },
          { by: 'author' },
          knex.raw("'version-created' as kind"),
          'version',
          knex.raw("'{}' as detail"),
          knex.raw("'v' || cast(id + 1000000000 as varchar(20)) as key"),
        )
        .from('models_versions')
        .where({ model_id: model.id, retired_at: null })
        .whereNotNull('created_at'),
    )
    .unionAll(
      knex
        .select(
          { at: 'created_at' },
          knex.raw('null as by'),
          knex.raw("'model-created' as kind"),
          knex.raw('null as version'),
          knex.raw("'{}' as detail"),
          knex.raw("'m' as key"),
        )
        .from('models_models')
        .where({ id: model.id })
        .whereNotNull('created_at'),
    )
    .as('activities');
  const query = knex
    .select<ActivityRow[]>('*')
    .from(all)
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'key', order: 'desc' },
    ])
    .limit(options.limit + 1);
  if (after) {
    query.whereRaw('(at, key) < (?, ?)', [after.at, after.key]);
  }
  const [rows, counted] = await Promise.all([
    query,
    knex.from(all).count({ count: '*' }).first<{ count: number }>(),
  ]);
  const page = rows.slice(0, options.limit);
  const last = page.at(-1);
  return {
    items: page.map(row => ({
      at: row.at,
      by: row.by,
      kind: row.kind,
      version: row.version,
      detail: fromJson<Record<string, string>>(row.detail),
    })),
    total: Number(counted.count),
    nextCursor:
      rows.length > options.limit && last
        ? encodeCursor({ at: last.at, key: last.key })
        : null,
  };
}
