import { Knex } from 'knex';
import { fromJson } from '../../models/modelRow';

interface ModelName {
  source: string;
  name: string;
}

/** Rules that people gave models in place of those of the config. */
export class RulesStore {
  constructor(private readonly knex: Knex) {}

  async get(
    model: ModelName,
  ): Promise<{ rules: unknown; by: string } | undefined> {
    const row = await this.knex('monitoring_rules')
      .where({ source: model.source, name: model.name })
      .first<{ rules: string; declared_by: string } | undefined>();
    return row && { rules: fromJson<unknown>(row.rules), by: row.declared_by };
  }

  async put(
    model: ModelName,
    declared: { rules: unknown; by: string; at: string },
  ): Promise<void> {
    await this.knex('monitoring_rules')
      .insert({
        source: model.source,
        name: model.name,
        rules: JSON.stringify(declared.rules),
        declared_by: declared.by,
        declared_at: declared.at,
      })
      .onConflict(['source', 'name'])
      .merge();
  }

  async delete(model: ModelName): Promise<boolean> {
    const deleted = await this.knex('monitoring_rules')
      .where({ source: model.source, name: model.name })
      .delete();
    return deleted > 0;
  }

  /** Whether any model has rules of its own. */
  async any(): Promise<boolean> {
    return (await this.knex('monitoring_rules').first('name')) !== undefined;
  }
}
