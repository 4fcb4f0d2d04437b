import { createHash } from 'node:crypto';
import { fromJson } from '../models/modelRow';
import type { AuditRow } from './AuditLog';
import { canonicalJson } from './canonicalJson';

/**
 * How entries are digested from now on: over the previous digest and the digest of what the entry says, so that the
 * chain can be walked without showing that. By rule 1 it is over the whole entry.
 */
export const DIGEST_RULE = 2;

type Undigested = Omit<AuditRow, 'digest'> & { digest?: string };

/** The text that is digested of an entry, as canonical JSON; by rule 1 it holds the previous digest too. */
export function contentOf(row: Undigested): string {
  const {
    previous_digest: previousDigest,
    digest: _digest,
    detail,
    rule,
    ...rest
  } = row;
  const content = { ...rest, detail: fromJson(detail) };
  return canonicalJson(
    rule === DIGEST_RULE
      ? { ...content, rule }
      : { ...content, previousDigest },
  );
}

/** The digest of an entry: of everything in it but the digest itself. */
export function digestOf(row: Undigested): string {
  const content = sha256(contentOf(row));
  return row.rule === DIGEST_RULE
    ? sha256(`${row.previous_digest} ${content}`)
    : content;
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
