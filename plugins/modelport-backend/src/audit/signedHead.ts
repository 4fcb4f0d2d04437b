import { createHash, KeyObject, sign, verify } from 'node:crypto';
import { AuditHead } from '@modelport/plugin-modelport-node';

/** Signs a head. */
export function signHead(
  head: Omit<AuditHead, 'signature'>,
  key: KeyObject,
): AuditHead {
  const signature = sign(null, signedText(head), key).toString('base64');
  return { ...head, signature };
}

/** Whether the signature of a head holds. */
export function isSigned(head: AuditHead, publicKey: KeyObject): boolean {
  return verify(
    null,
    signedText(head),
    publicKey,
    Buffer.from(head.signature, 'base64'),
  );
}

/** What the next head of a place names this one by. */
export function linkTo(head: AuditHead): string {
  return createHash('sha256').update(head.signature).digest('hex');
}

/** Heads from before they were linked are signed without a link. */
function signedText(head: Omit<AuditHead, 'signature'>): Buffer {
  const { seq, digest, at, previous } = head;
  const parts = [
    seq,
    digest,
    at,
    ...(previous === undefined ? [] : [previous]),
  ];
  return Buffer.from(parts.join(' '), 'utf8');
}
