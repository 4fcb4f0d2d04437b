import { Knex } from 'knex';
import { chunks } from './chunks';
import { fromJson, ModelRow } from './modelRow';

/** In the detail of an activity: config no longer named the source, of which nothing else is known. */
export const SOURCE_REMOVED = { reason: 'source-removed' } as const;

/** Those of some models that are out of the lists only since config no longer names their source. */
export async function whereSourceRemoved(
  knex: Knex,
  models: ModelRow[],
): Promise<Set<number>> {
  const retired = models.filter(model => model.retired_at !== null);
  const found = new Set<number>();
  for (const chunk of chunks(retired)) {
    const at = new Map(chunk.map(model => [model.id, model.retired_at]));
    const rows: Array<{ model_id: number; at: string; detail: string }> =
      await knex('models_activities')
        .whereIn('model_id', [...at.keys()])
        .where({ kind: 'model-retired' })
        .select('model_id', 'at', 'detail');
    rows
      .filter(
        row =>
          row.at === at.get(row.model_id) &&
          fromJson<Record<string, string>>(row.detail).reason ===
            SOURCE_REMOVED.reason,
      )
      .forEach(row => found.add(row.model_id));
  }
  return found;
}
