import { Knex } from 'knex';
import { chunks } from './chunks';
import { CopyTarget } from './copyTargets';
import { fromJson } from './modelRow';

/** A version in another model, and which version it is a copy of. */
export interface VersionCopyRow {
  source: string;
  name: string;
  version: string;
  createdAt: string | null;
  targetSource: string;
  targetName: string;
  targetVersion: string;
  targetCreatedAt: string | null;
  mark: string;
  madeAt: string;
}

interface CopyColumns {
  source: string;
  name: string;
  version: string;
  created_at: string | null;
  target_source: string;
  target_name: string;
  target_version: string;
  target_created_at: string | null;
  mark: string;
  made_at: string;
}

const TABLE = 'models_copies';

/** Which versions are copies of which, for all who ask or note it. */
export class ModelCopies {
  constructor(private readonly knex: Knex) {}

  /** Notes a copy; the last word counts. */
  async put(copy: VersionCopyRow): Promise<void> {
    await this.knex(TABLE)
      .insert({
        source: copy.source,
        name: copy.name,
        version: copy.version,
        created_at: copy.createdAt,
        target_source: copy.targetSource,
        target_name: copy.targetName,
        target_version: copy.targetVersion,
        target_created_at: copy.targetCreatedAt,
        mark: copy.mark,
        made_at: copy.madeAt,
      })
      .onConflict(['target_source', 'target_name', 'target_version'])
      .merge();
  }

  /** Copies that a model holds, the newest first. */
  async heldBy(target: CopyTarget): Promise<VersionCopyRow[]> {
    const rows: CopyColumns[] = await this.knex(TABLE)
      .where({ target_source: target.source, target_name: target.name })
      .orderBy('id', 'desc');
    return rows.map(toCopy);
  }

  /** What the last pass saw of a model that holds copies; undefined where it is not there. */
  async seen(target: CopyTarget): Promise<
    | {
        aliases: Record<string, string>;
        latestVersion: string | null;
      }
    | undefined
  > {
    const row: { aliases: string; latest_version: string | null } | undefined =
      await this.knex('models_models')
        .join('models_contents', 'models_contents.model_id', 'models_models.id')
        .where({
          source: target.source,
          name: target.name,
          retired_at: null,
        })
        .first('aliases', 'latest_version');
    return (
      row && {
        aliases: fromJson<Record<string, string>>(row.aliases),
        latestVersion: row.latest_version,
      }
    );
  }

  /** Ids of the models whose versions some models hold copies of. */
  async originsOf(modelIds: number[]): Promise<number[]> {
    const found = new Set<number>();
    for (const chunk of chunks(modelIds)) {
      const rows: Array<{ id: number }> = await this.knex('models_models as o')
        .join(TABLE, join =>
          join
            .on('models_copies.source', 'o.source')
            .andOn('models_copies.name', 'o.name'),
        )
        .join('models_models as t', join =>
          join
            .on('models_copies.target_source', 't.source')
            .andOn('models_copies.target_name', 't.name'),
        )
        .whereIn('t.id', chunk)
        .distinct('o.id');
      rows.forEach(({ id }) => found.add(id));
    }
    return [...found];
  }
}

/** What a version in a model of copies is a copy of; undefined where it is none that is known. */
export function originOf(
  copies: VersionCopyRow[],
  targetVersion: string,
  of: { source: string; name: string },
): VersionCopyRow | undefined {
  return copies.find(
    copy =>
      copy.targetVersion === targetVersion &&
      copy.source === of.source &&
      copy.name === of.name,
  );
}

function toCopy(row: CopyColumns): VersionCopyRow {
  return {
    source: row.source,
    name: row.name,
    version: row.version,
    createdAt: row.created_at,
    targetSource: row.target_source,
    targetName: row.target_name,
    targetVersion: row.target_version,
    targetCreatedAt: row.target_created_at,
    mark: row.mark,
    madeAt: row.made_at,
  };
}
