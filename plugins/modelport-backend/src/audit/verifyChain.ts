import { AuditHead } from '@modelport/plugin-modelport-node';
import { AuditLog, AuditRow, NO_DIGEST } from './AuditLog';
import { digestOf } from './entryDigest';

const PAGE = 2_000;

/** What a check of the chain found. */
export interface ChainResult {
  entries: number;
  firstBroken: number | null;
  message: string | null;
  /** A stretch of time in which entries were written and no head was, although heads were before. */
  unsigned?: Unsigned;
}

/** Entries that no head was signed for in time. */
export interface Unsigned {
  from: Pick<AuditRow, 'seq' | 'at'>;
  to: Pick<AuditRow, 'seq' | 'at'>;
}

/**
 * Checks every entry of the chain: its number, the digest of the one before, its own digest, and at the end the head.
 *
 * @param heads - heads from outside; an entry that is another one than it was then is broken, however well it fits.
 * @param mostMs - how long entries go on after the first head without another one before that is told of.
 */
export async function verifyChain(
  log: AuditLog,
  heads: AuditHead[],
  mostMs = Infinity,
): Promise<ChainResult> {
  const atSeq = new Map<number, AuditHead[]>();
  for (const head of heads) {
    atSeq.set(head.seq, [...(atSeq.get(head.seq) ?? []), head]);
  }
  let previous = NO_DIGEST;
  let seq = 0;
  let proven = 0;
  let open: AuditRow | undefined;
  let unsigned: Unsigned | undefined;
  const broken = (number: number, message: string): ChainResult => ({
    entries: seq,
    firstBroken: number,
    message,
  });
  // Read before the entries: what is appended meanwhile is beyond it.
  const end = await log.head();
  for (;;) {
    const rows = await log.after(seq, PAGE);
    for (const row of rows) {
      const wrong = wrongWith(row, seq, previous);
      if (wrong) {
        return broken(seq + 1, wrong);
      }
      const signed = atSeq.get(row.seq) ?? [];
      const other = signed.find(head => head.digest !== row.digest);
      if (other) {
        return broken(
          proven + 1,
          `${
            signed.some(head => head.digest === row.digest)
              ? `Two heads of entry ${row.seq} were signed with different digests, the other one at ${other.at}`
              : `The chain fits together, but the head that was signed at ${other.at} says that entry ${row.seq} had another digest`
          }: an entry from ${proven + 1} to ${
            row.seq
          } was changed, and all after it recomputed`,
        );
      }
      if (proven > 0) {
        open ??= row;
        if (Date.parse(row.at) - Date.parse(open.at) > mostMs) {
          unsigned = { from: open, to: row };
        }
      }
      if (signed.length > 0) {
        proven = row.seq;
        open = undefined;
      }
      if (row.seq === end.seq && row.digest !== end.digest) {
        return broken(
          row.seq,
          `The end of the chain is said to be entry ${row.seq}, but with another digest`,
        );
      }
      seq = row.seq;
      previous = row.digest;
    }
    if (rows.length < PAGE) {
      break;
    }
  }
  const lastHead = heads.reduce((most, head) => Math.max(most, head.seq), 0);
  if (seq < end.seq || seq < lastHead) {
    return broken(
      seq + 1,
      `The chain ends at entry ${seq}, but it reached ${Math.max(
        end.seq,
        lastHead,
      )}: entries were cut off`,
    );
  }
  // What is appended while it is checked has moved the head as well.
  const { seq: last } = await log.head();
  if (seq > last) {
    return broken(
      last + 1,
      `The chain is said to end at entry ${last}, but there are entries up to ${seq}: they were added by something else than the portal`,
    );
  }
  return { entries: seq, firstBroken: null, message: null, unsigned };
}

function wrongWith(
  row: AuditRow,
  before: number,
  previous: string,
): string | undefined {
  if (row.seq !== before + 1) {
    return `Entry ${before + 1} is missing; the next one is ${row.seq}`;
  }
  if (row.previous_digest !== previous) {
    return `Entry ${row.seq} does not hold the digest of the one before`;
  }
  let digest: string;
  try {
    digest = digestOf(withoutDigest(row));
  } catch {
    return `Entry ${row.seq} can not be read`;
  }
  return digest === row.digest
    ? undefined
    : `Entry ${row.seq} was changed: its digest is another one`;
}

function withoutDigest(row: AuditRow): Omit<AuditRow, 'digest'> {
  const { digest: _digest, ...rest } = row;
  return rest;
}
