import { GateEvidence } from './types';

/** When a document says that it was made, never later than it arrived; null where it does not say. */
export function madeAt(document: GateEvidence): string | null {
  return document.producedAt === null
    ? null
    : earliest(document.producedAt, document.receivedAt);
}

/**
 * What the age of a document is counted from: when it says that it was made, or the end of its data, whichever is
 * earlier. One that says neither is as old as the version that it is about: when it arrived tells nothing of its age. Null
 * where the version's creation is not known either.
 */
export function datedAt(
  document: GateEvidence,
  version: { createdAt: string | null },
): string | null {
  const said = [document.producedAt, document.window?.end].filter(
    time => typeof time === 'string',
  );
  const known = said.length > 0 ? said : [version.createdAt ?? []].flat();
  return known.length === 0 ? null : earliest(...known, document.receivedAt);
}

/** Whether nothing but the creation of its version tells how old a document is. */
export function isUndated(document: GateEvidence): boolean {
  return document.producedAt === null && !document.window;
}

function earliest(...times: string[]): string {
  return new Date(
    Math.min(...times.map(time => Date.parse(time))),
  ).toISOString();
}
