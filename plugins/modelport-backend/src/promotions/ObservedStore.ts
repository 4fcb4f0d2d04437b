import { ObservedVersion } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { EnvironmentOf } from './EnvironmentsStore';

interface ObservedRow extends EnvironmentOf {
  version: string;
  share: number | null;
  last_seen: string;
  reported_at: string;
  reported_by: string;
}

/** What was last said to serve in environments. */
export class ObservedStore {
  constructor(private readonly knex: Knex) {}

  /** Puts what serves in the place of what was said before. */
  async put(
    of: EnvironmentOf,
    items: Array<{ version: string; share: number | null; lastSeen: string }>,
    report: { at: string; by: string },
  ): Promise<void> {
    const { source, name, environment } = of;
    await this.knex.transaction(async trx => {
      await trx('promotions_observed')
        .where({ source, name, environment })
        .delete();
      await trx.batchInsert(
        'promotions_observed',
        items.map(({ version, share, lastSeen }) => ({
          source,
          name,
          environment,
          version,
          share,
          last_seen: lastSeen,
          reported_at: report.at,
          reported_by: report.by,
        })),
        50,
      );
    });
  }

  /** What serves in the environments of a model, what has the most traffic first. */
  async of(
    model: Pick<EnvironmentOf, 'source' | 'name'>,
  ): Promise<Map<string, ObservedVersion[]>> {
    const rows: ObservedRow[] = await this.knex('promotions_observed')
      .where({ source: model.source, name: model.name })
      .orderBy('version');
    const known = new Map<string, ObservedVersion[]>();
    for (const row of rows.sort((a, b) => (b.share ?? 0) - (a.share ?? 0))) {
      known.set(row.environment, [
        ...(known.get(row.environment) ?? []),
        { version: row.version, share: row.share, lastSeen: row.last_seen },
      ]);
    }
    return known;
  }

  /** Models of which anything was said. */
  async models(): Promise<Array<Pick<EnvironmentOf, 'source' | 'name'>>> {
    return this.knex('promotions_observed').distinct('source', 'name');
  }
}
