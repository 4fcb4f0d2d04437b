import { createHash } from 'node:crypto';
import {
  EndedPass,
  SourceError,
  SyncProgress,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { ShortMemory } from '../models/ShortMemory';

/** Where a pass stands; a pass cut short goes on from here. */
const checkpointSchema = z.object({
  phase: z.enum(['models', 'versions']),
  pageToken: z.string().nullable(),
  startedAt: z.string(),
});

/** See {@link checkpointSchema}. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** State of a source's data: passed over in time; older than it should be; the last pass failed. */
export type SourceState = 'ok' | 'stale' | 'failing';

/** A source as stored. */
export interface StoredSource {
  id: string;
  provider: string;
  kind: string;
  url: string | null;
  capabilities: string[];
  state: SourceState;
  lastSuccessAt: string | null;
  lastPassAt: string | null;
  errors: SourceError[];
  progress: SyncProgress | null;
  /** The last pass over everything that ended; one that was cut short goes on. */
  lastPass: EndedPass | null;
  checkpoint: Checkpoint | null;
  /** Id of the last version that a round of reading finished ones again came to; null between two rounds. */
  recheckAfter: number | null;
  /** When the last such round ended; null before the first pass did. */
  recheckedAt: string | null;
}

/** A pass that someone asked for: over one model, or over all of them. */
export interface PassRequest {
  id: number;
  model: string | null;
  acceptRetirement: boolean;
  askedAt: string | null;
}

interface SourceRow {
  id: string;
  provider: string;
  kind: string;
  url: string | null;
  capabilities: string;
  state: SourceState;
  last_success_at: string | null;
  last_pass_at: string | null;
  errors: string;
  progress: string | null;
  last_pass: string | null;
  checkpoint: string | null;
  recheck_after: number | null;
  rechecked_at: string | null;
}

/** Longer than a registry's signature holds, so that no delivery counts twice. */
const DELIVERY_KNOWN_MS = 15 * 60_000;

/**
 * How long the list of sources is remembered: every answer says how fresh its data is. What this backend writes itself
 * is known at once; what another one writes, that much later.
 */
const REMEMBERED_MS = 1_000;

/** Sources with their passes. */
export class SourcesStore {
  private readonly known = new ShortMemory<StoredSource[]>({
    milliseconds: REMEMBERED_MS,
    most: 1,
  });

  constructor(private readonly knex: Knex) {}

  async list(): Promise<StoredSource[]> {
    return this.known.get('all', async () => {
      const rows = await this.knex<SourceRow>('sources_sources').orderBy('id');
      return rows.map(toSource);
    });
  }

  async get(id: string): Promise<StoredSource | undefined> {
    const row = await this.knex<SourceRow>('sources_sources')
      .where({ id })
      .first();
    return row && toSource(row);
  }

  /** Writes what discovery says of a source; what its passes said stays. */
  async put(source: {
    id: string;
    provider: string;
    kind: string;
    url: string | null;
    capabilities: string[];
  }): Promise<void> {
    await this.knex('sources_sources')
      .insert({
        ...source,
        capabilities: JSON.stringify(source.capabilities),
        state: 'stale',
        errors: '[]',
        created_at: new Date().toISOString(),
      })
      .onConflict('id')
      .merge(['provider', 'kind', 'url', 'capabilities']);
    this.known.clear();
  }

  async remove(id: string): Promise<void> {
    await this.knex('sources_sources').where({ id }).delete();
    this.known.clear();
  }

  async update(
    id: string,
    change: Partial<
      Pick<
        StoredSource,
        | 'state'
        | 'lastSuccessAt'
        | 'lastPassAt'
        | 'errors'
        | 'progress'
        | 'lastPass'
        | 'checkpoint'
        | 'recheckAfter'
        | 'recheckedAt'
      >
    >,
  ): Promise<void> {
    const json = (value: unknown) =>
      value === undefined || value === null ? value : JSON.stringify(value);
    await this.knex('sources_sources')
      .where({ id })
      .update({
        state: change.state,
        last_success_at: change.lastSuccessAt,
        last_pass_at: change.lastPassAt,
        errors: json(change.errors),
        progress: json(change.progress),
        last_pass: json(change.lastPass),
        checkpoint: json(change.checkpoint),
        recheck_after: change.recheckAfter,
        rechecked_at: change.recheckedAt,
      });
    this.known.clear();
  }

  async addRequest(
    source: string,
    request: { model: string | null; acceptRetirement: boolean },
  ): Promise<void> {
    await this.knex('sources_requests').insert({
      source,
      model: request.model,
      accept_retirement: request.acceptRetirement,
      asked_at: new Date().toISOString(),
    });
  }

  /**
   * Remembers a webhook's delivery and asks for passes over its models, both or neither.
   *
   * @returns false where the same delivery was taken before; then nothing is asked for.
   */
  async addDelivery(
    source: string,
    delivery: { id: string; models: string[] },
  ): Promise<boolean> {
    const now = Date.now();
    return this.knex.transaction(async trx => {
      await trx('sources_deliveries')
        .where('expires_at', '<', new Date(now).toISOString())
        .delete();
      const added: unknown[] = await trx('sources_deliveries')
        .insert({
          source,
          delivery: createHash('sha256').update(delivery.id).digest('hex'),
          expires_at: new Date(now + DELIVERY_KNOWN_MS).toISOString(),
        })
        .onConflict(['source', 'delivery'])
        .ignore()
        .returning('source');
      if (added.length > 0 && delivery.models.length > 0) {
        await trx.batchInsert(
          'sources_requests',
          delivery.models.map(model => ({
            source,
            model,
            accept_retirement: false,
          })),
          200,
        );
      }
      return added.length > 0;
    });
  }

  /** Since when full passes wait or run that someone asked for, by source. */
  async asked(): Promise<Map<string, string>> {
    const rows: Array<{ source: string; at: string | null }> = await this.knex(
      'sources_requests',
    )
      .whereNull('model')
      .groupBy('source')
      .select('source')
      .min({ at: 'asked_at' });
    return new Map(
      rows.flatMap(({ source, at }) => (at === null ? [] : [[source, at]])),
    );
  }

  async requests(source: string): Promise<PassRequest[]> {
    const rows: Array<{
      id: number;
      model: string | null;
      accept_retirement: boolean | number;
      asked_at: string | null;
    }> = await this.knex('sources_requests').where({ source }).orderBy('id');
    return rows.map(row => ({
      id: row.id,
      model: row.model,
      acceptRetirement: Boolean(row.accept_retirement),
      askedAt: row.asked_at,
    }));
  }

  async removeRequests(ids: number[]): Promise<void> {
    await this.knex('sources_requests').whereIn('id', ids).delete();
  }
}

function toSource(row: SourceRow): StoredSource {
  const checkpoint = checkpointSchema.safeParse(
    JSON.parse(row.checkpoint ?? 'null'),
  );
  return {
    id: row.id,
    provider: row.provider,
    kind: row.kind,
    url: row.url,
    capabilities: JSON.parse(row.capabilities),
    state: row.state,
    lastSuccessAt: row.last_success_at,
    lastPassAt: row.last_pass_at,
    errors: JSON.parse(row.errors),
    progress: row.progress ? JSON.parse(row.progress) : null,
    lastPass: row.last_pass ? JSON.parse(row.last_pass) : null,
    checkpoint: checkpoint.success ? checkpoint.data : null,
    recheckAfter: row.recheck_after,
    recheckedAt: row.rechecked_at,
  };
}
