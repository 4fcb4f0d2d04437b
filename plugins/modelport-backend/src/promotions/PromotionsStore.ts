import { ConflictError, NotFoundError } from '@backstage/errors';
import { PromotionState } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import {
  AuditEvent,
  AuditLog,
  whereModel,
  whereNameHas,
} from '../audit/AuditLog';
import { contentDigest } from '../models/contentDigest';
import { decodeCursor, encodeCursor } from '../models/cursor';
import { fromJson } from '../models/modelRow';
import { FINAL_STATES, OPEN_STATES, PromotionRecord } from './PromotionRecord';
import { isOutdated, quorumOf } from './quorum';

const ID = /^[1-9]\d{0,8}$/;

interface PromotionRow {
  id: number;
  document: string;
  facts: string;
}

/** What a list of promotions is narrowed by. */
export interface PromotionsQuery {
  state?: PromotionState[];
  environment?: string[];
  model?: string;
  /** Text in the name of the model. */
  q?: string;
  requestedBy?: string;
  /** A person with all groups: those that still wait for a decision of this person. */
  waitingFor?: { entityRef: string; refs: string[] };
}

/** What becomes of a promotion, with what goes into the audit chain. */
export interface ChangedPromotion {
  promotion: PromotionRecord;
  audit: AuditEvent[];
  /** What it was judged on, where that is another now. */
  facts?: string;
  /** Writes more in the same transaction; gives what that puts into the audit chain. */
  also?: (trx: Knex.Transaction) => Promise<AuditEvent[]>;
}

/** A change of a promotion; undefined changes nothing. */
export type PromotionChange = (
  promotion: PromotionRecord,
) => ChangedPromotion | undefined;

const cursorSchema = z.object({
  id: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/** Keeps promotions; every change goes through here, one at a time for each of them, with its entries of the audit chain. */
export class PromotionsStore {
  constructor(private readonly knex: Knex, private readonly audit: AuditLog) {}

  /** @throws `ConflictError` where the same is asked for already. */
  async create(
    record: Omit<PromotionRecord, 'id'>,
    options: {
      facts: string;
      audit: (promotion: PromotionRecord) => AuditEvent[];
    },
  ): Promise<PromotionRecord> {
    return this.knex.transaction(async trx => {
      const same = await this.sameAs(record, trx);
      if (same !== undefined) {
        throw refusedAs(record, same);
      }
      const [row] = await trx('promotions_promotions')
        .insert({
          ...columnsOf(record),
          // What needs no decision is asked for once at a time, too.
          open_key: sameKeyOf(record, isDecidedRollback(record)),
          facts: options.facts,
          document: '{}',
        })
        .onConflict('open_key')
        .ignore()
        .returning<Array<{ id: number } | undefined>>('id');
      if (!row) {
        throw refusedAs(record);
      }
      const promotion: PromotionRecord = { ...record, id: String(row.id) };
      await writeDocument(trx, promotion);
      await this.audit.append(trx, options.audit(promotion));
      return promotion;
    });
  }

  /** The promotion that asks for the same, or brings it there just now. */
  async sameAs(
    of: Pick<PromotionRecord, 'source' | 'name' | 'version' | 'environment'> &
      Partial<Pick<PromotionRecord, 'kind' | 'state'>>,
    trx: Knex = this.knex,
  ): Promise<string | undefined> {
    const { source, name, version, environment } = of;
    const row = await trx('promotions_promotions')
      .where({ source, name, version, environment })
      .whereIn('state', [
        'approved',
        'executing',
        // Who may go back alone waits for nobody who asked for it.
        ...(isDecidedRollback(of) ? [] : OPEN_STATES),
      ])
      .first<{ id: number } | undefined>('id');
    return row && String(row.id);
  }

  /** @throws `NotFoundError` where there is none. */
  async get(
    id: string,
  ): Promise<{ promotion: PromotionRecord; facts: string }> {
    const row = ID.test(id)
      ? await this.knex('promotions_promotions')
          .where({ id: Number(id) })
          .first<PromotionRow | undefined>('id', 'document', 'facts')
      : undefined;
    if (!row) {
      throw new NotFoundError(`There is no promotion ${id.slice(0, 40)}`);
    }
    return { promotion: read(row), facts: row.facts };
  }

  /**
   * Changes a promotion while nobody else does.
   *
   * @throws `NotFoundError` where there is none, and whatever `change` throws; nothing is written then.
   */
  async change(id: string, change: PromotionChange): Promise<PromotionRecord> {
    const { promotion: first } = await this.get(id);
    return this.knex.transaction(async trx => {
      const { promotion, audit } = await this.changeIn(trx, first.id, change);
      // The head of the chain is locked last, so that nobody waits for who waits for it.
      await this.audit.append(trx, audit);
      return promotion;
    });
  }

  /** The same within a transaction; what goes into the audit chain is the caller's to append. */
  async changeIn(
    trx: Knex.Transaction,
    id: string,
    change: PromotionChange,
  ): Promise<{ promotion: PromotionRecord; audit: AuditEvent[] }> {
    const query = trx('promotions_promotions').where({ id: Number(id) });
    const row = await lockForUpdate(query).first<PromotionRow>(
      'id',
      'document',
      'facts',
    );
    const before = read(row);
    const changed = change(before);
    if (!changed) {
      return { promotion: before, audit: [] };
    }
    const { promotion, audit, facts = row.facts } = changed;
    await trx('promotions_promotions')
      .where({ id: row.id })
      .update({ ...columnsOf(promotion), facts });
    await writeDocument(trx, promotion);
    const more = (await changed.also?.(trx)) ?? [];
    return { promotion, audit: [...audit, ...more] };
  }

  /** A page of promotions, the newest first. */
  async list(options: {
    filters: PromotionsQuery;
    narrow: (query: Knex.QueryBuilder) => void;
    limit: number;
    cursor?: string;
  }): Promise<{
    items: PromotionRecord[];
    total: number;
    nextCursor: string | null;
  }> {
    const after = options.cursor
      ? decodeCursor(options.cursor, cursorSchema)
      : undefined;
    const page = this.filtered(options)
      .select<PromotionRow[]>('id', 'document', 'facts')
      .orderBy('id', 'desc')
      .limit(options.limit + 1);
    if (after) {
      page.where('id', '<', after.id);
    }
    const [rows, counted] = await Promise.all([
      page,
      this.filtered(options)
        .count({ count: '*' })
        .first<{ count: number | string }>(),
    ]);
    const shown = rows.slice(0, options.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(read),
      total: Number(counted.count),
      nextCursor:
        rows.length > options.limit && last
          ? encodeCursor({ id: last.id })
          : null,
    };
  }

  /** How many there are in each state, or that wait for somebody. */
  async counts(options: {
    filters: PromotionsQuery;
    narrow: (query: Knex.QueryBuilder) => void;
  }): Promise<Array<{ state: PromotionState; count: number }>> {
    const rows: Array<{ state: PromotionState; count: number | string }> =
      await this.filtered(options)
        .select('state')
        .count({ count: '*' })
        .groupBy('state');
    return rows.map(({ state, count }) => ({ state, count: Number(count) }));
  }

  /** Ids of promotions in some states, of all models or of one, the oldest first. */
  async idsIn(
    states: readonly PromotionState[],
    of: { source?: string; name?: string; environment?: string } = {},
  ): Promise<string[]> {
    const rows: Array<{ id: number }> = await this.knex('promotions_promotions')
      .whereIn('state', states)
      .where(of)
      .orderBy('id')
      .select('id');
    return rows.map(({ id }) => String(id));
  }

  /** Ids of promotions of which time alone changes something by now. */
  async due(at: string): Promise<string[]> {
    const rows: Array<{ id: number }> = await this.knex('promotions_promotions')
      .where('due_at', '<=', at)
      .orderBy('id')
      .limit(500)
      .select('id');
    return rows.map(({ id }) => String(id));
  }

  /** How many promotions of a model are undecided. */
  async openOf(model: { source: string; name: string }): Promise<number> {
    const row = await this.knex('promotions_promotions')
      .where({ source: model.source, name: model.name })
      .whereIn('state', OPEN_STATES)
      .count({ count: '*' })
      .first<{ count: number | string }>();
    return Number(row.count);
  }

  private filtered(options: {
    filters: PromotionsQuery;
    narrow: (query: Knex.QueryBuilder) => void;
  }): Knex.QueryBuilder {
    const { state, environment, model, requestedBy, waitingFor } =
      options.filters;
    const query = this.knex('promotions_promotions');
    if (state?.length) {
      query.whereIn('state', state);
    }
    if (environment?.length) {
      query.whereIn('environment', environment);
    }
    if (model !== undefined) {
      query.where(inner => whereModel(inner, model));
    }
    whereNameHas(query, options.filters.q);
    if (requestedBy !== undefined) {
      query.where({ requested_by: requestedBy });
    }
    if (waitingFor) {
      query
        .whereIn('id', inner =>
          inner
            .select('promotion_id')
            .from('promotions_waiting')
            .whereIn('entity_ref', waitingFor.refs),
        )
        .whereNotIn('id', inner =>
          inner
            .select('promotion_id')
            .from('promotions_done')
            .where({ entity_ref: waitingFor.entityRef }),
        );
    }
    query.where(inner => options.narrow(inner));
    return query;
  }
}

/** SQLite has one writer at a time anyway. */
export function lockForUpdate(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query.client.config.client === 'pg' ? query.forUpdate() : query;
}

async function writeDocument(
  trx: Knex.Transaction,
  promotion: PromotionRecord,
): Promise<void> {
  const id = Number(promotion.id);
  await trx('promotions_promotions')
    .where({ id })
    .update({ document: JSON.stringify(promotion) });
  await trx('promotions_waiting').where({ promotion_id: id }).delete();
  await trx('promotions_done').where({ promotion_id: id }).delete();
  if (!OPEN_STATES.includes(promotion.state)) {
    return;
  }
  const { waitingFor, met } = quorumOf(promotion);
  const waiting = new Set(waitingFor);
  const done = new Set([
    ...promotion.decisions
      .filter(
        decision =>
          decision.decision !== 'approve' ||
          // Who approved may waive what is in the way.
          (!met && !isOutdated(promotion, decision)),
      )
      .map(({ by }) => by),
    ...promotion.excluded.map(({ entityRef }) => entityRef),
  ]);
  const rows = (refs: Set<string>) =>
    [...refs].map(ref => ({ promotion_id: id, entity_ref: ref }));
  await trx.batchInsert('promotions_waiting', rows(waiting), 200);
  await trx.batchInsert('promotions_done', rows(done), 200);
}

function columnsOf(promotion: Omit<PromotionRecord, 'id'>) {
  return {
    source: promotion.source,
    name: promotion.name,
    version: promotion.version,
    environment: promotion.environment,
    kind: promotion.kind,
    state: promotion.state,
    revision: promotion.revision,
    requested_by: promotion.requestedBy,
    requested_at: promotion.requestedAt,
    expires_at: promotion.expiresAt,
    due_at: dueAt(promotion),
    open_key: openKeyOf(promotion),
    executing_key:
      promotion.state === 'executing' ? environmentKeyOf(promotion) : null,
  };
}

function openKeyOf(promotion: Omit<PromotionRecord, 'id'>): string | null {
  return OPEN_STATES.includes(promotion.state) ? sameKeyOf(promotion) : null;
}

function sameKeyOf(
  promotion: Omit<PromotionRecord, 'id'>,
  isDecided = false,
): string {
  const { source, name, version, environment } = promotion;
  return contentDigest([
    ...[source, name, version, environment],
    ...(isDecided ? ['decided'] : []),
  ]);
}

/** Whether it is a rollback that was decided with the request. */
function isDecidedRollback({
  kind,
  state,
}: Partial<Pick<PromotionRecord, 'kind' | 'state'>>): boolean {
  return kind === 'rollback' && state === 'approved';
}

function environmentKeyOf(promotion: Omit<PromotionRecord, 'id'>): string {
  const { source, name, environment } = promotion;
  return contentDigest([source, name, environment]);
}

/** When time alone changes something of it: it expires, a waiver of it does, or a ticket is to be opened. */
function dueAt(promotion: Omit<PromotionRecord, 'id'>): string | null {
  const times = promotion.waivers
    .filter(({ expiredAt }) => expiredAt === null)
    .map(({ expiresAt }) => expiresAt);
  if (OPEN_STATES.includes(promotion.state)) {
    times.push(promotion.expiresAt);
  }
  if (promotion.ticketDue && !FINAL_STATES.includes(promotion.state)) {
    times.push(promotion.ticketDue);
  }
  return (
    times.reduce<string | null>(
      (first, time) => (first === null || time < first ? time : first),
      null,
    ) ?? null
  );
}

/** That the same version is asked for there, in words. */
export function alreadyAsked(
  of: Pick<PromotionRecord, 'name' | 'version' | 'environment'>,
  id?: string,
): string {
  return `Version ${of.version} of ${of.name} is asked for in ${
    of.environment
  } already${id === undefined ? '' : `, by the promotion ${id}`}`;
}

function refusedAs(
  record: Omit<PromotionRecord, 'id'>,
  id?: string,
): ConflictError {
  return new ConflictError(`${alreadyAsked(record, id)}. Nothing was kept.`);
}

function read(row: PromotionRow): PromotionRecord {
  return fromJson<PromotionRecord>(row.document);
}
