import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  AuthenticationError,
  InputError,
  NotFoundError,
} from '@backstage/errors';
import { PushToken } from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { isStorable } from '../models/storable';

const PREFIX = 'mpp';
const SECRET_BYTES = 32;
/** How exactly it is known when a token was last used. */
const USED_EVERY_MS = 60_000;

interface TokenRow {
  id: number;
  source: string;
  model: string;
  name: string;
  secret_hash: string;
  created_at: string;
  created_by: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
  revoked_by: string | null;
}

/** Tokens with which pipelines push evidence of one model, and nothing else. Only their hashes are kept. */
export class PushTokens {
  constructor(private readonly knex: Knex) {}

  /** Whether a bearer is meant for here, right or wrong. */
  static isPushToken(bearer: string): boolean {
    return bearer.startsWith(`${PREFIX}_`);
  }

  /** @throws `InputError` where the name is none, or the time none or past. */
  async create(options: {
    source: string;
    model: string;
    name: string;
    expiresAt: string | undefined;
    by: string;
  }): Promise<{ token: PushToken; secret: string }> {
    if (!isStorable(options.name) || options.name.trim() === '') {
      throw new InputError(
        'The name of the token is empty, or holds a null character or half of a character; expected where it is used',
      );
    }
    const expiresAt =
      options.expiresAt === undefined ? null : futureTime(options.expiresAt);
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const [{ id }] = await this.knex('evidence_push_tokens')
      .insert({
        source: options.source,
        model: options.model,
        name: options.name,
        secret_hash: hashOf(secret),
        created_at: new Date().toISOString(),
        created_by: options.by,
        expires_at: expiresAt,
      })
      .returning<Array<{ id: number }>>('id');
    const row = await this.knex<TokenRow>('evidence_push_tokens')
      .where({ id })
      .first();
    if (!row) {
      throw new Error(`The push token ${id} was not kept`);
    }
    return { token: toPushToken(row), secret: `${PREFIX}_${id}_${secret}` };
  }

  /** What tokens are called, also those that were revoked, by their ids. */
  async names(ids: string[]): Promise<Map<string, string>> {
    if (ids.length === 0) {
      return new Map();
    }
    const rows = await this.knex<TokenRow>('evidence_push_tokens')
      .whereIn('id', ids.map(Number))
      .select('id', 'name');
    return new Map(rows.map(({ id, name }) => [String(id), name]));
  }

  /** The tokens of a model: those that hold, then those that were revoked. */
  async list(source: string, model: string): Promise<PushToken[]> {
    const rows = await this.knex<TokenRow>('evidence_push_tokens')
      .where({ source, model })
      .orderBy('id');
    return [
      ...rows.filter(row => row.revoked_at === null),
      ...rows.filter(row => row.revoked_at !== null),
    ].map(toPushToken);
  }

  /** @throws `NotFoundError` where the model has no such token. */
  async revoke(options: {
    source: string;
    model: string;
    id: string;
    by: string;
  }): Promise<void> {
    const { source, model, id, by } = options;
    const changed = /^\d{1,9}$/.test(id)
      ? await this.knex('evidence_push_tokens')
          .where({ id: Number(id), source, model, revoked_at: null })
          .update({ revoked_at: new Date().toISOString(), revoked_by: by })
      : 0;
    if (changed === 0) {
      throw new NotFoundError(`${model} has no push token ${id}`);
    }
  }

  /**
   * The model that a token is for.
   *
   * @throws `AuthenticationError` where it is none, revoked or past its time; it does not say which.
   */
  async check(
    bearer: string,
  ): Promise<{ id: number; source: string; name: string }> {
    const [, id, secret] =
      /^mpp_(\d{1,9})_([A-Za-z0-9_-]{43})$/.exec(bearer) ?? [];
    const row =
      id === undefined
        ? undefined
        : await this.knex<TokenRow>('evidence_push_tokens')
            .where({ id: Number(id) })
            .first();
    const now = new Date();
    if (
      !row ||
      !timingSafeEqual(
        Buffer.from(row.secret_hash, 'hex'),
        Buffer.from(hashOf(secret), 'hex'),
      ) ||
      !holds(row, now)
    ) {
      throw new AuthenticationError('The push token does not hold');
    }
    const usedAt = row.last_used_at ? new Date(row.last_used_at) : undefined;
    if (!usedAt || now.getTime() - usedAt.getTime() > USED_EVERY_MS) {
      await this.knex('evidence_push_tokens')
        .where({ id: row.id })
        .update({ last_used_at: now.toISOString() });
    }
    return { id: row.id, source: row.source, name: row.model };
  }

  /**
   * Checks a token once more where what it brought is written: that may be long after it was asked first.
   *
   * @throws `AuthenticationError` where it was revoked meanwhile, or its time is over.
   */
  async confirm(trx: Knex.Transaction, id: number): Promise<void> {
    const row = await trx<TokenRow>('evidence_push_tokens')
      .where({ id })
      .first();
    if (!row || !holds(row, new Date())) {
      throw new AuthenticationError(
        'The push token does not hold any more. Nothing was kept.',
      );
    }
  }
}

function holds(
  row: Pick<TokenRow, 'revoked_at' | 'expires_at'>,
  now: Date,
): boolean {
  return (
    row.revoked_at === null &&
    (row.expires_at === null || new Date(row.expires_at) > now)
  );
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function futureTime(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime()) || date <= new Date()) {
    throw new InputError(
      `expiresAt is "${time}"; expected a time to come, such as 2030-01-31T12:00:00Z`,
    );
  }
  return date.toISOString();
}

function toPushToken(row: TokenRow): PushToken {
  return {
    id: String(row.id),
    name: row.name,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
  };
}
