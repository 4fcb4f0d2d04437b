import {
  EnvironmentPeriod,
  TrafficShare,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../models/cursor';
import { fromJson } from '../models/modelRow';
import { isSameSplit } from './rollout/shares';

/** An environment of a model. */
export interface EnvironmentOf {
  source: string;
  name: string;
  environment: string;
}

interface PeriodRow extends EnvironmentOf {
  id: number;
  version: string | null;
  valid_from: string | null;
  watched_from: string;
  valid_until: string | null;
  known_from: string;
  known_since: string;
  known_until: string | null;
  by: string | null;
  promotion_id: number | null;
  behind_portal: boolean | number;
  /** Null where one version had everything. */
  shares: string | null;
}

/** Rows in one statement; SQLite takes few values. */
const FIRST_CHUNK = 50;

const cursorSchema = z.object({
  id: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/**
 * What was live in which environment: when it was so, and since when the portal knew it. Nothing that was known is
 * lost: a period that ends is written anew with its end, and the old row says until when nobody knew of it.
 */
export class EnvironmentsStore {
  constructor(private readonly knex: Knex) {}

  /** What is live now as far as is known; undefined where the portal never looked. */
  async current(
    of: EnvironmentOf,
    trx: Knex = this.knex,
  ): Promise<EnvironmentPeriod | undefined> {
    const row = await this.known(trx, of).whereNull('valid_until').first();
    return row && toPeriod(row);
  }

  /** What is live in all environments of some models of one source. */
  async currentOf(
    source: string,
    names: string[],
  ): Promise<Array<EnvironmentPeriod & { name: string }>> {
    const rows = await this.knex<PeriodRow>('promotions_periods')
      .where({ source, known_until: null, valid_until: null })
      .whereIn('name', names);
    return rows.map(row => ({ ...toPeriod(row), name: row.name }));
  }

  /** Notes what is live where nothing was known before. */
  async putFirst(
    trx: Knex.Transaction,
    first: Array<
      EnvironmentOf & {
        version: string | null;
        from: string | null;
        shares?: TrafficShare[];
      }
    >,
    at: string,
  ): Promise<void> {
    await trx.batchInsert(
      'promotions_periods',
      first.map(({ source, name, environment, version, from, shares }) => ({
        source,
        name,
        environment,
        version,
        valid_from: from,
        watched_from: from ?? at,
        valid_until: null,
        known_from: at,
        known_since: at,
        known_until: null,
        by: null,
        promotion_id: null,
        behind_portal: false,
        shares: sharesColumn(shares),
      })),
      FIRST_CHUNK,
    );
  }

  /**
   * Notes that something else is live since a time; nothing where it is known already.
   *
   * @param change - `from` is null where it was so before the portal watched.
   */
  async put(
    trx: Knex.Transaction,
    of: EnvironmentOf,
    change: {
      version: string | null;
      from: string | null;
      at: string;
      by: string | null;
      promotion: string | null;
      behindPortal: boolean;
      /** Of several versions; none where one has everything. */
      shares?: TrafficShare[];
    },
  ): Promise<boolean> {
    const before = await this.known(trx, of).whereNull('valid_until').first();
    if (
      before &&
      before.version === change.version &&
      isSameSplit(sharesOf(before), change.shares ?? [])
    ) {
      if (change.promotion !== null && before.behind_portal) {
        // A pass saw what a promotion did before the promotion noted it.
        await trx('promotions_periods')
          .where({ id: before.id })
          .update({
            by: change.by,
            promotion_id: Number(change.promotion),
            behind_portal: false,
          });
      }
      return false;
    }
    const from = before ? change.from ?? change.at : change.from;
    if (before) {
      const { id, ...rest } = before;
      await trx('promotions_periods')
        .where({ id })
        .update({ known_until: change.at });
      await trx('promotions_periods').insert({
        ...rest,
        behind_portal: Boolean(rest.behind_portal),
        valid_until: from,
        known_from: change.at,
      });
    }
    await trx('promotions_periods').insert({
      ...of,
      version: change.version,
      valid_from: from,
      watched_from: from ?? change.at,
      valid_until: null,
      known_from: change.at,
      known_since: change.at,
      known_until: null,
      by: change.by,
      promotion_id: change.promotion === null ? null : Number(change.promotion),
      behind_portal: change.behindPortal,
      shares: sharesColumn(change.shares),
    });
    return true;
  }

  /** What was live at a time, as known at another; undefined where the portal did not watch then. */
  async at(
    of: EnvironmentOf,
    time: string,
    knownAt: string | undefined,
  ): Promise<EnvironmentPeriod | undefined> {
    const query = this.knex<PeriodRow>('promotions_periods')
      .where(of)
      .where('watched_from', '<=', time)
      .where(inner =>
        inner.whereNull('valid_until').orWhere('valid_until', '>', time),
      )
      .orderBy('id', 'desc');
    if (knownAt === undefined) {
      query.whereNull('known_until');
    } else {
      query
        .where('known_from', '<=', knownAt)
        .where(inner =>
          inner.whereNull('known_until').orWhere('known_until', '>', knownAt),
        );
    }
    const row = await query.first();
    return row && toPeriod(row);
  }

  /** What was live, as known now, the newest first. */
  async history(
    of: EnvironmentOf,
    options: { limit: number; cursor?: string },
  ): Promise<{
    items: EnvironmentPeriod[];
    total: number;
    nextCursor: string | null;
  }> {
    const after = options.cursor
      ? decodeCursor(options.cursor, cursorSchema)
      : undefined;
    // A period is written anew when it ends, before the one that follows it: the order of ids is that of time.
    const page = this.known(this.knex, of)
      .orderBy('id', 'desc')
      .limit(options.limit + 1);
    if (after) {
      page.where('id', '<', after.id);
    }
    const [rows, counted] = await Promise.all([
      page,
      this.known(this.knex, of)
        .count({ count: '*' })
        .first<{ count: number | string }>(),
    ]);
    const shown = rows.slice(0, options.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toPeriod),
      total: Number(counted.count),
      nextCursor:
        rows.length > options.limit && last
          ? encodeCursor({ id: last.id })
          : null,
    };
  }

  private known(knex: Knex, of: EnvironmentOf) {
    return knex<PeriodRow>('promotions_periods').where({
      source: of.source,
      name: of.name,
      environment: of.environment,
      known_until: null,
    });
  }
}

function toPeriod(row: PeriodRow): EnvironmentPeriod {
  return {
    environment: row.environment,
    version: row.version,
    from: row.valid_from,
    until: row.valid_until,
    knownFrom: row.known_since,
    knownUntil: row.known_until,
    by: row.by,
    promotion: row.promotion_id === null ? null : String(row.promotion_id),
    behindPortal: Boolean(row.behind_portal),
    shares: sharesOf(row),
  };
}

function sharesOf({ shares }: PeriodRow): TrafficShare[] {
  return shares === null ? [] : fromJson(shares);
}

function sharesColumn(shares: TrafficShare[] = []): string | null {
  return shares.length === 0 ? null : JSON.stringify(shares);
}
