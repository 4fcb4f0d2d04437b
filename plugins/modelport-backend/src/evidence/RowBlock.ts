import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { count, packJson, Place, readCount, unpackJson } from './packJson';
import {
  readBy,
  RowTemplate,
  rowTemplate,
  templateOf,
  writeBy,
} from './RowTemplate';
import { decrypt } from './SubjectKeys';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Rows of one template and one nonce, which each row's place in the block makes its own. Blocks that begin otherwise hold
 * rows that carry their own nonce and say themselves what they hold, as they were kept at first.
 */
const TEMPLATED = 1;

/** A row with the key of its person; null where that was erased. */
export interface RowToPack {
  key: Buffer | null;
  row: unknown;
}

/**
 * Rows that are kept together, each encrypted (AES-256-GCM) with the key of its own person: without that key, nothing in
 * the block tells what the row says. A nonce is random for a block and differs by row within it.
 */
export function packBlock(rows: RowToPack[]): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  // What JSON leaves out is left out here too.
  const values = rows.map(({ row }) => unpackJson(packJson(row)));
  const template = templateOf(values);
  const kept = packJson(template);
  const parts = [Buffer.of(TEMPLATED), nonce, count(kept.length), kept];
  for (const [at, { key }] of rows.entries()) {
    if (!key) {
      parts.push(count(0));
      continue;
    }
    const plain: Buffer[] = [];
    writeBy(template, values[at], plain);
    const cipher = createCipheriv(CIPHER, key, nonceOf(nonce, at));
    const sealed = Buffer.concat([
      cipher.update(Buffer.concat(plain)),
      cipher.final(),
    ]);
    parts.push(count(sealed.length + TAG_BYTES), cipher.getAuthTag(), sealed);
  }
  return Buffer.concat(parts);
}

/** A block as it was read: its rows can be opened one by one, and emptied. */
export class RowBlock {
  private readonly head: Buffer;
  private readonly rows: Buffer[] = [];
  private readonly template: RowTemplate | undefined;

  constructor(private readonly bytes: Buffer) {
    const place: Place = { at: 1 };
    if (bytes[0] === TEMPLATED) {
      place.at += NONCE_BYTES;
      const length = readCount(bytes, place);
      this.template = rowTemplate.parse(
        unpackJson(bytes.subarray(place.at, place.at + length)),
      );
      place.at += length;
    }
    this.head = bytes.subarray(0, place.at);
    while (place.at < bytes.length) {
      const length = readCount(bytes, place);
      this.rows.push(bytes.subarray(place.at, place.at + length));
      place.at += length;
    }
  }

  /** The row at a place; null without its key, and where it was emptied. */
  open(at: number, key: Buffer | null): unknown {
    const row = this.rows[at];
    if (!key || !row || row.length === 0) {
      return null;
    }
    if (!this.template) {
      return unpackJson(decrypt(key, row));
    }
    const nonce = this.bytes.subarray(1, 1 + NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, key, nonceOf(nonce, at));
    decipher.setAuthTag(row.subarray(0, TAG_BYTES));
    const plain = Buffer.concat([
      decipher.update(row.subarray(TAG_BYTES)),
      decipher.final(),
    ]);
    return readBy(this.template, plain, { at: 0 });
  }

  /** Bytes of each row: none of those that were emptied. */
  get lengths(): number[] {
    return this.rows.map(row => row.length);
  }

  /** The block without what some rows held; their number stays. */
  without(isGone: (at: number) => boolean): Buffer {
    const kept = this.rows.map((row, at) =>
      isGone(at) ? Buffer.alloc(0) : row,
    );
    return Buffer.concat([
      this.head,
      ...kept.flatMap(row => [count(row.length), row]),
    ]);
  }
}

/** Who the rows of a block are about, in few bytes. */
export function packSubjects(ids: number[]): Buffer {
  return Buffer.concat(
    ids.map((id, at) => {
      const step = id - (ids[at - 1] ?? 0);
      return count(step >= 0 ? step * 2 : -step * 2 - 1);
    }),
  );
}

/** What `packSubjects` was given. */
export function unpackSubjects(bytes: Buffer): number[] {
  const place: Place = { at: 0 };
  const ids: number[] = [];
  while (place.at < bytes.length) {
    const step = readCount(bytes, place);
    ids.push(
      (ids[ids.length - 1] ?? 0) +
        (step % 2 === 0 ? step / 2 : -(step + 1) / 2),
    );
  }
  return ids;
}

function nonceOf(block: Buffer, at: number): Buffer {
  const nonce = Buffer.from(block);
  const last = NONCE_BYTES - 4;
  // Within a block, every row's is another one.
  nonce.writeUInt32BE((nonce.readUInt32BE(last) + at) % 2 ** 32, last);
  return nonce;
}
