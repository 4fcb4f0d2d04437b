import { Knex } from 'knex';
import { fromJson } from '../../models/modelRow';
import { ReferenceProfile } from './ReferenceProfile';

/** A model by its names. */
export interface ModelName {
  source: string;
  name: string;
}

/** What somebody declared in the portal. */
export interface DeclaredMonitor {
  definition: unknown;
  by: string;
  at: string;
}

/** How the last run over a model went. */
export interface MonitorRun {
  version: string;
  /** Is another one where the definition, the version or the data are others. */
  state: string;
  ranAt: string;
  message: string | null;
  windows: number;
  reference: ReferenceProfile | null;
  /** By what the reference was made. */
  referenceState: string | null;
}

/** What monitors are, and how they ran. */
export class MonitorsStore {
  constructor(private readonly knex: Knex) {}

  async declared(model: ModelName): Promise<DeclaredMonitor | undefined> {
    const row = await this.knex('monitoring_monitors')
      .where(keyOf(model))
      .first<
        | { definition: string; declared_by: string; declared_at: string }
        | undefined
      >();
    return (
      row && {
        definition: fromJson<unknown>(row.definition),
        by: row.declared_by,
        at: row.declared_at,
      }
    );
  }

  async declare(model: ModelName, declared: DeclaredMonitor): Promise<void> {
    await this.knex('monitoring_monitors')
      .insert({
        ...keyOf(model),
        definition: JSON.stringify(declared.definition),
        declared_by: declared.by,
        declared_at: declared.at,
      })
      .onConflict(['source', 'name'])
      .merge();
  }

  async withdraw(model: ModelName): Promise<void> {
    await this.knex('monitoring_monitors').where(keyOf(model)).delete();
  }

  /** Models that have a monitor of the portal or of their source. */
  async models(): Promise<ModelName[]> {
    return this.knex('monitoring_monitors')
      .select('source', 'name')
      .union(
        this.knex('models_monitors')
          .join('models_models', 'models_models.id', 'models_monitors.model_id')
          .whereNull('models_models.retired_at')
          .select('models_models.source', 'models_models.name'),
      );
  }

  /** Models that have a monitor: those that never ran, and then those that ran before others. */
  async longestWaiting(): Promise<ModelName[]> {
    const rows: Array<ModelName & { ran_at: string }> = await this.knex(
      'monitoring_runs',
    ).select('source', 'name', 'ran_at');
    const ranAt = new Map(
      rows.map(row => [JSON.stringify([row.source, row.name]), row.ran_at]),
    );
    const of = ({ source, name }: ModelName) =>
      ranAt.get(JSON.stringify([source, name])) ?? '';
    return (await this.models()).sort((a, b) => (of(a) < of(b) ? -1 : 1));
  }

  async run(model: ModelName): Promise<MonitorRun | undefined> {
    const row = await this.knex('monitoring_runs').where(keyOf(model)).first<
      | {
          version: string;
          state: string;
          ran_at: string;
          message: string | null;
          windows: number;
          reference: string | null;
          reference_state: string | null;
        }
      | undefined
    >();
    return (
      row && {
        version: row.version,
        state: row.state,
        ranAt: row.ran_at,
        message: row.message,
        windows: row.windows,
        reference: row.reference
          ? fromJson<ReferenceProfile>(row.reference)
          : null,
        referenceState: row.reference_state,
      }
    );
  }

  async putRun(model: ModelName, run: MonitorRun): Promise<void> {
    await this.knex('monitoring_runs')
      .insert({
        ...keyOf(model),
        version: run.version,
        state: run.state,
        ran_at: run.ranAt,
        message: run.message,
        windows: run.windows,
        reference: run.reference && JSON.stringify(run.reference),
        reference_state: run.referenceState,
      })
      .onConflict(['source', 'name'])
      .merge();
  }

  /** Lets the next round read everything again. */
  async forgetState(model: ModelName): Promise<void> {
    await this.knex('monitoring_runs')
      .where(keyOf(model))
      .update({ state: '' });
  }
}

function keyOf({ source, name }: ModelName): ModelName {
  return { source, name };
}
