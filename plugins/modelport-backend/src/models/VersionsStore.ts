import { Artefact } from '@modelport/plugin-modelport-common';
import { SourceMetricPoint } from '@modelport/plugin-modelport-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor';
import { fromJson } from './modelRow';
import { VersionRow } from './versionRow';

const versionsCursor = z.object({
  /** Id of the model whose versions the list has. */
  model: z.number(),
  position: z.number(),
  id: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/** Paths that lists are kept for; longer ones are listed anew each time. */
const MAX_KEPT_PATH = 512;

/** Reads versions, and keeps what is read of them from the source on demand. */
export class VersionsStore {
  constructor(private readonly knex: Knex) {}

  /** A page of a model's versions, newest first. */
  async list(
    modelId: number,
    options: { limit: number; cursor?: string },
  ): Promise<{
    rows: VersionRow[];
    total: number;
    nextCursor: string | null;
  }> {
    const after = options.cursor
      ? decodeCursor(
          options.cursor,
          versionsCursor.refine(cursor => cursor.model === modelId),
        )
      : undefined;
    const query = this.ofModel(modelId)
      .select<VersionRow[]>('*')
      .orderBy([
        { column: 'position', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(options.limit + 1);
    if (after) {
      query.whereRaw('(position, id) < (?, ?)', [after.position, after.id]);
    }
    const rows = await query;
    const page = rows.slice(0, options.limit);
    const last = page.at(-1);
    // A first page that holds all is counted already.
    const isAll = !after && rows.length <= options.limit;
    return {
      rows: page,
      total: isAll ? rows.length : await this.count(modelId),
      nextCursor:
        rows.length > options.limit && last
          ? encodeCursor({
              model: modelId,
              position: last.position,
              id: last.id,
            })
          : null,
    };
  }

  /** Authors of all versions of a model, as the source names them. */
  async authors(modelId: number): Promise<string[]> {
    const rows: Array<{ author: string }> = await this.ofModel(modelId)
      .whereNotNull('author')
      .distinct('author');
    return rows.map(({ author }) => author);
  }

  async get(modelId: number, version: string): Promise<VersionRow | undefined> {
    return this.ofModel(modelId)
      .where({ version })
      .first<VersionRow | undefined>('*');
  }

  /** Several versions of a model, by their names; those that there are. */
  async getAll(
    modelId: number,
    versions: string[],
  ): Promise<Map<string, VersionRow>> {
    const rows: VersionRow[] = await this.ofModel(modelId).whereIn(
      'version',
      versions,
    );
    return new Map(rows.map(row => [row.version, row]));
  }

  async getMetricHistory(
    versionId: number,
    key: string,
  ): Promise<SourceMetricPoint[] | undefined> {
    const row = await this.knex('models_metric_histories')
      .where({ version_id: versionId, key })
      .first<{ points: string } | undefined>('points');
    return (
      row &&
      fromJson<Array<[number, number | null, number | string]>>(row.points).map(
        ([step, time, value]) => ({ step, time, value: Number(value) }),
      )
    );
  }

  async putMetricHistory(
    versionId: number,
    key: string,
    points: SourceMetricPoint[],
  ): Promise<void> {
    await this.knex('models_metric_histories')
      .insert({
        version_id: versionId,
        key,
        points: JSON.stringify(
          points.map(point => [
            point.step,
            point.time,
            Number.isFinite(point.value) ? point.value : String(point.value),
          ]),
        ),
      })
      .onConflict(['version_id', 'key'])
      .merge();
  }

  async getArtefactList(
    versionId: number,
    path: string,
  ): Promise<{ items: Artefact[]; listedAt: string } | undefined> {
    const row = await this.knex('models_artefact_lists')
      .where({ version_id: versionId, path })
      .first<{ items: string; listed_at: string } | undefined>();
    return (
      row && {
        items: fromJson<Artefact[]>(row.items),
        listedAt: row.listed_at,
      }
    );
  }

  async putArtefactList(
    versionId: number,
    path: string,
    list: { items: Artefact[]; listedAt: string },
  ): Promise<void> {
    if (path.length > MAX_KEPT_PATH) {
      return;
    }
    await this.knex('models_artefact_lists')
      .insert({
        version_id: versionId,
        path,
        items: JSON.stringify(list.items),
        listed_at: list.listedAt,
      })
      .onConflict(['version_id', 'path'])
      .merge();
  }

  private async count(modelId: number): Promise<number> {
    const row = await this.ofModel(modelId)
      .count({ count: '*' })
      .first<{ count: number | string }>();
    return Number(row?.count ?? 0);
  }

  private ofModel(modelId: number): Knex.QueryBuilder {
    return this.knex('models_versions').where({
      model_id: modelId,
      retired_at: null,
    });
  }
}
