import {
  CipherKey,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  KeyObject,
  randomBytes,
} from 'node:crypto';
import { Knex } from 'knex';
import { canonicalJson } from '../audit/canonicalJson';
import { chunks } from '../models/chunks';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const PURPOSE = 'rows';
/** Rows of two columns; SQLite takes 500 with one statement. */
const SUBJECTS_A_STATEMENT = 250;

/** The key of a person; null once it was erased. */
export interface SubjectKey {
  id: number;
  key: Buffer | null;
}

/**
 * A key for each person whom a model's rows are about. A person stands under a pseudonym, an HMAC of their id, so that
 * the tables name nobody; all that is encrypted with a key is unreadable for good once the key is erased.
 */
export class SubjectKeys {
  constructor(
    private readonly options: {
      knex: Knex;
      /** From config: keys are wrapped with it, so that a copy of the database alone reads nothing. */
      secret: string | undefined;
    },
  ) {}

  /** Keys of people in their order; made where there are none yet. */
  async ensure(
    trx: Knex.Transaction,
    model: { source: string; name: string },
    subjects: string[],
  ): Promise<SubjectKey[]> {
    const secret = await this.secret(trx);
    const wrapKey = wrapKeyOf(secret);
    const pseudonyms = subjects.map(subject =>
      pseudonymOf(secret, model, subject),
    );
    const known = new Map<string, SubjectKey>();
    const find = async (wanted: string[]) => {
      const rows: Array<{ id: number; pseudonym: string; key: Buffer | null }> =
        await trx('evidence_subjects')
          .whereIn('pseudonym', wanted)
          .select('id', 'pseudonym', 'key');
      for (const { id, pseudonym, key } of rows) {
        known.set(pseudonym, { id, key: key && decrypt(wrapKey, key) });
      }
    };
    for (const some of chunks([...new Set(pseudonyms)], SUBJECTS_A_STATEMENT)) {
      await find(some);
      const missing = some.filter(pseudonym => !known.has(pseudonym));
      if (missing.length > 0) {
        await trx('evidence_subjects')
          .insert(
            missing.map(pseudonym => ({
              pseudonym,
              key: encrypt(wrapKey, randomBytes(KEY_BYTES)),
            })),
          )
          .onConflict('pseudonym')
          .ignore();
        await find(missing);
      }
    }
    return pseudonyms.flatMap(pseudonym => known.get(pseudonym) ?? []);
  }

  /** Erases the key of a person. Also what comes later of them can't be read. */
  async erase(
    trx: Knex.Transaction,
    of: { source: string; name: string; subject: string; by: string },
  ): Promise<{ id: number; pseudonym: string }> {
    const pseudonym = pseudonymOf(await this.secret(trx), of, of.subject);
    await trx('evidence_subjects')
      .insert({ pseudonym, key: null })
      .onConflict('pseudonym')
      .ignore();
    await trx('evidence_subjects')
      .where({ pseudonym, erased_at: null })
      .update({
        key: null,
        erased_at: new Date().toISOString(),
        erased_by: of.by,
      });
    const { id } = await trx('evidence_subjects')
      .where({ pseudonym })
      .first<{ id: number }>('id');
    return { id, pseudonym };
  }

  /** The key of a person by the id of its row. */
  async byId(trx: Knex | Knex.Transaction, id: number): Promise<SubjectKey> {
    const open = await this.opener(trx);
    const row = await trx('evidence_subjects')
      .where({ id })
      .first<{ key: Buffer | null } | undefined>('key');
    return { id, key: open(row?.key ?? null) };
  }

  /** Unwraps keys as the table holds them. */
  async opener(
    trx: Knex | Knex.Transaction,
  ): Promise<(wrapped: Buffer | null) => Buffer | null> {
    const wrapKey = wrapKeyOf(await this.secret(trx));
    return wrapped => wrapped && decrypt(wrapKey, wrapped);
  }

  /** A digest of what may be guessed, which therefore is keyed. */
  async fingerprint(content: unknown): Promise<string> {
    return createHmac('sha256', await this.secret(this.options.knex))
      .update(canonicalJson(content))
      .digest('hex');
  }

  /** What pseudonyms and keys are derived from: made once, and mixed with the one of config. */
  private async secret(knex: Knex | Knex.Transaction): Promise<Buffer> {
    await knex('evidence_secrets')
      .insert({ purpose: PURPOSE, secret: randomBytes(KEY_BYTES) })
      .onConflict('purpose')
      .ignore();
    const { secret } = await knex('evidence_secrets')
      .where({ purpose: PURPOSE })
      .first<{ secret: Buffer }>();
    return createHmac('sha256', this.options.secret ?? '')
      .update(secret)
      .digest();
  }
}

/** AES-256-GCM: nonce, tag and ciphertext. */
export function encrypt(key: CipherKey, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** What `encrypt` was given. */
export function decrypt(key: CipherKey, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(
    CIPHER,
    key,
    sealed.subarray(0, NONCE_BYTES),
  );
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([
    decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]);
}

function pseudonymOf(
  secret: Buffer,
  model: { source: string; name: string },
  subject: string,
): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([model.source, model.name, subject]))
    .digest('hex');
}

/** As a key that is made ready once: it takes longer to do so than to unwrap a row's. */
function wrapKeyOf(secret: Buffer): KeyObject {
  return createSecretKey(
    Buffer.from(
      hkdfSync('sha256', secret, '', 'modelport row keys', KEY_BYTES),
    ),
  );
}
