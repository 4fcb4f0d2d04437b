import { AuditEntry } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../models/cursor';
import { fromJson } from '../models/modelRow';
import { canonicalJson } from './canonicalJson';
import { DIGEST_RULE, digestOf } from './entryDigest';

/** What the first entry has in place of a previous digest. */
export const NO_DIGEST = '0'.repeat(64);

/** Something that was done. */
export type AuditEvent = Pick<AuditEntry, 'actor' | 'action' | 'detail'> &
  Partial<
    Pick<
      AuditEntry,
      'source' | 'name' | 'version' | 'environment' | 'promotion'
    >
  > & { at?: string };

/** An entry as it is kept. */
export interface AuditRow {
  seq: number;
  at: string;
  actor: string;
  action: string;
  source: string | null;
  name: string | null;
  version: string | null;
  environment: string | null;
  promotion: string | null;
  detail: string;
  /** How it is digested. */
  rule: number;
  previous_digest: string;
  digest: string;
}

const cursorSchema = z.object({
  seq: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/** The chain of what was done: each entry holds the digest of the one before. */
export class AuditLog {
  constructor(
    private readonly knex: Knex,
    /** Hears of entries once they are kept. */
    private readonly onKept: (entries: AuditEntry[]) => void = () => {},
  ) {}

  /**
   * Appends what was done, in the transaction of the change itself. The head of the chain stays locked until that ends,
   * so that entries become visible in their order.
   */
  async append(trx: Knex.Transaction, events: AuditEvent[]): Promise<void> {
    if (events.length === 0) {
      return;
    }
    // Changing the row locks it on every database.
    await trx('audit_head').where({ id: 1 }).increment('seq', events.length);
    const head = await trx('audit_head')
      .where({ id: 1 })
      .first<{ seq: number; digest: string }>('seq', 'digest');
    let { digest } = head;
    let seq = head.seq - events.length;
    const kept: AuditEntry[] = [];
    for (const event of events) {
      seq += 1;
      const row = rowOf(event, seq, digest);
      await trx('audit_entries').insert(row);
      digest = row.digest;
      kept.push(toEntry(row));
    }
    await trx('audit_head').where({ id: 1 }).update({ digest });
    trx.executionPromise.then(
      () => this.onKept(kept),
      () => undefined,
    );
  }

  /** Appends what was done where there is no transaction to share. */
  async record(events: AuditEvent[]): Promise<void> {
    await this.knex.transaction(trx => this.append(trx, events));
  }

  /**
   * A page of entries, the newest first.
   *
   * @param options - `narrow` leaves what the caller may read.
   */
  async list(options: {
    model?: string;
    q?: string;
    promotion?: string;
    actor?: string;
    action?: string;
    from?: string;
    to?: string;
    narrow: (query: Knex.QueryBuilder) => void;
    limit: number;
    cursor?: string;
  }): Promise<{
    items: AuditEntry[];
    total: number;
    nextCursor: string | null;
  }> {
    const query = this.knex('audit_entries');
    const { model, promotion } = options;
    if (model !== undefined) {
      query.where(inner => whereModel(inner, model));
    }
    whereNameHas(query, options.q);
    if (promotion !== undefined) {
      query.where({ promotion });
    }
    whereDone(query, options);
    query.where(inner => options.narrow(inner));
    const after = options.cursor
      ? decodeCursor(options.cursor, cursorSchema)
      : undefined;
    const page = query
      .clone()
      .select<AuditRow[]>('*')
      .orderBy('seq', 'desc')
      .limit(options.limit + 1);
    if (after) {
      page.where('seq', '<', after.seq);
    }
    const [rows, counted] = await Promise.all([
      page,
      query.clone().count({ count: '*' }).first<{ count: number | string }>(),
    ]);
    const items = rows.slice(0, options.limit).map(toEntry);
    const last = items.at(-1);
    return {
      items,
      total: Number(counted.count),
      nextCursor:
        rows.length > options.limit && last
          ? encodeCursor({ seq: last.seq })
          : null,
    };
  }

  /** All entries about a promotion, in their order. */
  async ofPromotion(promotion: string): Promise<AuditRow[]> {
    return this.knex('audit_entries')
      .where({ promotion })
      .orderBy('seq')
      .select<AuditRow[]>('*');
  }

  /** The newest entry of an action; undefined where there is none. */
  async latest(action: string): Promise<AuditEntry | undefined> {
    const row = await this.knex('audit_entries')
      .where({ action })
      .orderBy('seq', 'desc')
      .first<AuditRow | undefined>();
    return row && toEntry(row);
  }

  /** Where the chain ends. */
  async head(): Promise<{ seq: number; digest: string }> {
    return this.knex('audit_head')
      .where({ id: 1 })
      .first<{ seq: number; digest: string }>('seq', 'digest');
  }

  /** The digest that an entry has now; undefined where there is no such entry. */
  async digestAt(seq: number): Promise<string | undefined> {
    const row = await this.knex('audit_entries')
      .where({ seq })
      .first<{ digest: string } | undefined>('digest');
    return row?.digest;
  }

  /** Entries after one, in their order. */
  async after(seq: number, limit: number): Promise<AuditRow[]> {
    return this.knex('audit_entries')
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .select<AuditRow[]>('*');
  }
}

/** A model's name, or its source and name with a slash between them; a name may itself hold slashes. */
export function whereModel(query: Knex.QueryBuilder, model: string): void {
  query.where({ name: model });
  const slash = model.indexOf('/');
  if (slash > 0) {
    query.orWhere({
      source: model.slice(0, slash),
      name: model.slice(slash + 1),
    });
  }
}

/** Text in the name of a model, whatever its case. */
export function whereNameHas(
  query: Knex.QueryBuilder,
  text: string | undefined,
): void {
  if (text) {
    const escaped = text.toLowerCase().replace(/[\\%_]/g, '\\$&');
    query.whereRaw(`lower(name) like ? escape '\\'`, [`%${escaped}%`]);
  }
}

/** What was done by somebody, of a kind, or in a time. */
function whereDone(
  query: Knex.QueryBuilder,
  done: { actor?: string; action?: string; from?: string; to?: string },
): void {
  const { actor, action, from, to } = done;
  if (actor !== undefined) {
    const named = actor.toLowerCase();
    query.whereIn('actor', [actor, named, `user:default/${named}`]);
  }
  if (action !== undefined) {
    query.where(inner =>
      inner.where({ action }).orWhereLike('action', `${action}.%`),
    );
  }
  if (from !== undefined) {
    query.where('at', '>=', from);
  }
  if (to !== undefined) {
    query.where('at', '<', to);
  }
}

function rowOf(event: AuditEvent, seq: number, previous: string): AuditRow {
  const row = {
    seq,
    at: event.at ?? new Date().toISOString(),
    actor: event.actor,
    action: event.action,
    source: event.source ?? null,
    name: event.name ?? null,
    version: event.version ?? null,
    environment: event.environment ?? null,
    promotion: event.promotion ?? null,
    detail: canonicalJson(event.detail),
    rule: DIGEST_RULE,
    previous_digest: previous,
  };
  return { ...row, digest: digestOf(row) };
}

export function toEntry(row: AuditRow): AuditEntry {
  const { previous_digest: previousDigest, detail, rule: _rule, ...rest } = row;
  return {
    ...rest,
    detail: fromJson<Record<string, unknown>>(detail),
    previousDigest,
  };
}
