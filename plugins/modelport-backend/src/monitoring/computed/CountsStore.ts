import { ColumnCounts } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { fromJson } from '../../models/modelRow';
import { MonitoredVersion } from '../PointToWrite';
import { versionKey } from '../versionKey';
import { PerformanceCounts } from './performanceCounts';
import { TimeWindow } from './windowsOf';

/** Counts of a window that rows are sent for. */
export interface WindowCounts {
  columns: ColumnCounts[];
  performance: PerformanceCounts[];
  rows: number;
}

/** Counts of a window that evidence does not hold yet. */
export interface ChangedCounts {
  version: MonitoredVersion;
  window: TimeWindow;
  counts: WindowCounts;
  referenceState: string;
  changedAt: string;
}

/** Counts of rows that were sent, by windows. No row is kept. */
export class CountsStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Joins what was sent to the counts of windows; false where the batch was counted before.
   *
   * @param options - `referenceState` tells counts in other bins, which are dropped; `join` gives null where nothing of a
   * window changes; `forgotten` is told of windows that are left as they are, since their counts were forgotten.
   */
  async addCounts<T extends TimeWindow>(
    version: MonitoredVersion,
    windows: T[],
    options: {
      batch: string | undefined;
      referenceState: string;
      at: string;
      maturesAt: (window: T) => string | null;
      join: (before: WindowCounts | null, window: T) => WindowCounts | null;
      forgotten: (window: T) => void;
    },
  ): Promise<boolean> {
    const { batch, referenceState, at, join, maturesAt } = options;
    return this.knex.transaction(async trx => {
      const key = versionKey(version);
      if (batch !== undefined) {
        const added: unknown[] = await trx('monitoring_batches')
          .insert({ ...key, batch, at })
          .onConflict([...Object.keys(key), 'batch'])
          .ignore()
          .returning('batch');
        if (added.length === 0) {
          return false;
        }
      }
      // In one order, so that two batches never wait for each other.
      for (const window of [...windows].sort((a, b) => a.start - b.start)) {
        const place = { ...key, start_at: window.start, end_at: window.end };
        const empty = {
          ...place,
          reference_state: referenceState,
          counts: null,
          changed_at: at,
        };
        await trx('monitoring_counts')
          .insert(empty)
          .onConflict(Object.keys(place))
          .ignore();
        const query = trx('monitoring_counts').where(place);
        if (trx.client.config.client === 'pg') {
          query.forUpdate();
        }
        const known = await query.first<{
          counts: string | null;
          reference_state: string;
          changed_at: string;
          told_at: string | null;
        }>('counts', 'reference_state', 'changed_at', 'told_at');
        if (known.counts === null && known.told_at !== null) {
          options.forgotten(window);
          continue;
        }
        const before =
          known.counts !== null && known.reference_state === referenceState
            ? fromJson<WindowCounts>(known.counts)
            : null;
        const counts = join(before, window);
        await (counts
          ? trx('monitoring_counts')
              .where(place)
              .update({
                counts: JSON.stringify(counts),
                reference_state: referenceState,
                matures_at: maturesAt(window),
                changed_at:
                  known.counts === null ? at : after(known.changed_at, at),
              })
          : trx('monitoring_counts').where(place).whereNull('counts').delete());
      }
      return true;
    });
  }

  /**
   * Forgets counts that were told of, of windows that ended before a time, got no row since and wait for no label; that
   * there were some stays known. Ids of batches are forgotten with them.
   */
  async forgetOldCounts(before: Date): Promise<void> {
    await this.knex('monitoring_counts')
      .where('end_at', '<', before.getTime())
      .where('changed_at', '<', before.toISOString())
      .whereNull('matures_at')
      .whereRaw('told_at >= changed_at')
      .update({ counts: null });
    await this.knex('monitoring_batches')
      .where('at', '<', before.toISOString())
      .delete();
  }

  /** Counts of windows that changed since they were told of; those told of lately wait. */
  async changedCounts(options: {
    toldBefore: string;
    endedBefore: number;
    /** Of windows that no more label is waited for something else is to be told. */
    matureBefore: string;
    most: number;
  }): Promise<ChangedCounts[]> {
    const rows: Array<{
      source: string;
      name: string;
      version: string;
      version_created_at: string;
      start_at: number | string;
      end_at: number | string;
      counts: string;
      reference_state: string;
      changed_at: string;
    }> = await this.knex('monitoring_counts')
      .whereNotNull('counts')
      .where(query =>
        query
          .whereNull('told_at')
          .orWhere('matures_at', '<=', options.matureBefore)
          .orWhere(changed =>
            changed
              .whereRaw('told_at < changed_at')
              .where(due =>
                due
                  .where('told_at', '<', options.toldBefore)
                  .orWhere('end_at', '<=', options.endedBefore),
              ),
          ),
      )
      .orderBy('changed_at')
      .limit(options.most);
    return rows.map(row => ({
      version: {
        source: row.source,
        name: row.name,
        version: row.version,
        createdAt: row.version_created_at || null,
      },
      window: { start: Number(row.start_at), end: Number(row.end_at) },
      counts: fromJson<WindowCounts>(row.counts),
      referenceState: row.reference_state,
      changedAt: row.changed_at,
    }));
  }

  /** Notes that what counts said at a time was told of, and at what time. */
  async told(
    version: MonitoredVersion,
    window: TimeWindow,
    { changedAt, at }: { changedAt: string; at: string },
  ): Promise<void> {
    const place = {
      ...versionKey(version),
      start_at: window.start,
      end_at: window.end,
    };
    await this.knex('monitoring_counts')
      .where(place)
      .update({ told_at: changedAt });
    await this.knex('monitoring_counts')
      .where(place)
      .where('matures_at', '<=', at)
      .update({ matures_at: null });
  }
}

/** A time after another one: batches may end in another order than they began in, and none may look told of. */
function after(before: string, at: string): string {
  return at > before ? at : new Date(Date.parse(before) + 1).toISOString();
}
