import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { Knex } from 'knex';
import { fromJson } from '../models/modelRow';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** Rows and subjects written with one statement. */
const BATCH = 200;

/** A row of an evaluation with the person that it is about. */
export interface RowToSeal {
  subject: string;
  row: unknown;
}

/**
 * Rows of single people, each encrypted (AES-256-GCM) with the key of its subject. A subject stands under a pseudonym,
 * an HMAC of its id, so that the tables name nobody. Erasing a subject's key makes its rows unreadable for good, and
 * changes neither digests nor the number of rows.
 */
export class SealedRows {
  constructor(
    private readonly options: {
      knex: Knex;
      /** From config: the subjects' keys are wrapped with it, so that a copy of the database alone reads no row. */
      secret: string | undefined;
    },
  ) {}

  /** Writes the rows of a document in the order given. */
  async seal(
    trx: Knex.Transaction,
    document: { id: number; source: string; name: string },
    rows: RowToSeal[],
  ): Promise<void> {
    const secret = await this.secret(trx);
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH);
      const keys = await subjectKeys(
        trx,
        batch.map(row => pseudonymOf(secret, document, row.subject)),
        secret,
      );
      await trx('evidence_rows').insert(
        batch.map(({ row }, index) => ({
          document_id: document.id,
          position: start + index,
          subject_id: keys[index].id,
          // An erased subject stays erased: its rows are kept by number only.
          row: keys[index].key
            ? encrypt(keys[index].key, Buffer.from(JSON.stringify(row)))
            : Buffer.alloc(0),
        })),
      );
    }
  }

  /**
   * The rows of a document in their order; null for those whose subject was erased.
   *
   * @param page - `from` and `limit` count rows; all without it.
   */
  async open(
    document: number,
    page?: { from: number; limit: number },
  ): Promise<unknown[]> {
    const secret = await this.secret(this.options.knex);
    const wrapKey = wrapKeyOf(secret);
    const query: Knex.QueryBuilder<
      object,
      Array<{ row: Buffer; key: Buffer | null }>
    > = this.options
      .knex('evidence_rows')
      .join(
        'evidence_subjects',
        'evidence_subjects.id',
        'evidence_rows.subject_id',
      )
      .where({ document_id: document })
      .orderBy('position')
      .select('row', 'key');
    const rows = await (page
      ? query
          .where('position', '>=', page.from)
          .where('position', '<', page.from + page.limit)
      : query);
    return rows.map(({ row, key }) =>
      key && row.length > 0
        ? fromJson(decrypt(decrypt(wrapKey, key), row).toString())
        : null,
    );
  }

  /**
   * Erases what is kept of a person in a model's rows.
   *
   * @returns how many rows can't be read any more.
   */
  async erase(options: {
    source: string;
    name: string;
    subject: string;
    by: string;
  }): Promise<number> {
    const { knex } = this.options;
    return knex.transaction(async trx => {
      const secret = await this.secret(trx);
      const pseudonym = pseudonymOf(secret, options, options.subject);
      const erased = {
        key: null,
        erased_at: new Date().toISOString(),
        erased_by: options.by,
      };
      const found = await trx('evidence_subjects')
        .where({ pseudonym })
        .first<{ id: number; erased_at: string | null } | undefined>();
      if (!found) {
        // Also what comes later of this person must not be readable.
        await trx('evidence_subjects').insert({ pseudonym, ...erased });
        return 0;
      }
      if (found.erased_at === null) {
        await trx('evidence_subjects').where({ id: found.id }).update(erased);
      }
      const counted = await trx('evidence_rows')
        .where({ subject_id: found.id })
        .count({ count: '*' })
        .first<{ count: number | string }>();
      await trx('evidence_rows')
        .where({ subject_id: found.id })
        .update({ row: Buffer.alloc(0) });
      return Number(counted.count);
    });
  }

  /** What pseudonyms and keys are derived from: made once, and mixed with the one of config. */
  private async secret(knex: Knex | Knex.Transaction): Promise<Buffer> {
    const purpose = 'rows';
    await knex('evidence_secrets')
      .insert({ purpose, secret: randomBytes(KEY_BYTES) })
      .onConflict('purpose')
      .ignore();
    const { secret } = await knex('evidence_secrets')
      .where({ purpose })
      .first<{ secret: Buffer }>();
    return createHmac('sha256', this.options.secret ?? '')
      .update(secret)
      .digest();
  }
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

function wrapKeyOf(secret: Buffer): Buffer {
  return Buffer.from(
    hkdfSync('sha256', secret, '', 'modelport row keys', KEY_BYTES),
  );
}

async function subjectKeys(
  trx: Knex.Transaction,
  pseudonyms: string[],
  secret: Buffer,
): Promise<Array<{ id: number; key: Buffer | null }>> {
  const wrapKey = wrapKeyOf(secret);
  await trx('evidence_subjects')
    .insert(
      [...new Set(pseudonyms)].map(pseudonym => ({
        pseudonym,
        key: encrypt(wrapKey, randomBytes(KEY_BYTES)),
      })),
    )
    .onConflict('pseudonym')
    .ignore();
  const rows: Array<{ id: number; pseudonym: string; key: Buffer | null }> =
    await trx('evidence_subjects')
      .whereIn('pseudonym', pseudonyms)
      .select('id', 'pseudonym', 'key');
  const known = new Map(
    rows.map(({ id, pseudonym, key }) => [
      pseudonym,
      { id, key: key && decrypt(wrapKey, key) },
    ]),
  );
  return pseudonyms.flatMap(pseudonym => known.get(pseudonym) ?? []);
}

function encrypt(key: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, sealed: Buffer): Buffer {
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
