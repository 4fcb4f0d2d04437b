import { AuditHead } from '@modelport/plugin-modelport-node';
import { AuditLog, AuditRow, digestOf, NO_DIGEST } from './AuditLog';

const PAGE = 2_000;

/** What a check of the chain found. */
export interface ChainResult {
  entries: number;
  firstBroken: number | null;
  message: string | null;
  /** Digests of the entries that were asked for, as they are now. */
  digests: Map<number, string>;
}

/**
 * Checks every entry of the chain: its number, the digest of the one before, its own digest, and at the end the head.
 *
 * @param heads - heads from outside; an entry that is another one than it was then is broken, however well it fits.
 */
export async function verifyChain(
  log: AuditLog,
  heads: AuditHead[],
): Promise<ChainResult> {
  const atSeq = new Map(heads.map(head => [head.seq, head]));
  const digests = new Map<number, string>();
  let previous = NO_DIGEST;
  let seq = 0;
  let proven = 0;
  const broken = (number: number, message: string): ChainResult => ({
    entries: seq,
    firstBroken: number,
    message,
    digests,
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
      const head = atSeq.get(row.seq);
      if (head && head.digest !== row.digest) {
        return broken(
          proven + 1,
          `The chain fits together, but the head that was signed at ${
            head.at
          } says that entry ${row.seq} had another digest: an entry from ${
            proven + 1
          } to ${row.seq} was changed, and all after it recomputed`,
        );
      }
      if (head) {
        proven = row.seq;
        digests.set(row.seq, row.digest);
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
  return { entries: seq, firstBroken: null, message: null, digests };
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
