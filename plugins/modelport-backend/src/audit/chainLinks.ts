import { AuditLog } from './AuditLog';
import { contentOf, DIGEST_RULE, sha256 } from './entryDigest';

const PAGE = 2_000;

/**
 * The chain from an entry to another as lines of number, rule, previous digest, digest of the content and digest, with
 * which it can be walked without what the entries say. An entry of rule 1 has a digest of its content only where it is
 * shown elsewhere.
 */
export async function chainLinks(
  log: AuditLog,
  options: { first: number; last: number; shown: Set<number> },
): Promise<string> {
  const { last, shown } = options;
  const lines: string[] = [];
  let seq = options.first - 1;
  while (seq < last) {
    const rows = await log.after(seq, Math.min(PAGE, last - seq));
    if (rows.length === 0) {
      break;
    }
    for (const { digest, ...row } of rows) {
      const { rule, previous_digest: previous } = row;
      const content =
        rule === DIGEST_RULE || shown.has(row.seq)
          ? sha256(contentOf(row))
          : '-';
      lines.push(`${row.seq} ${rule} ${previous} ${content} ${digest}\n`);
      seq = row.seq;
    }
  }
  return lines.join('');
}
