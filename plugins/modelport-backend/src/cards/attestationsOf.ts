import { createHash } from 'node:crypto';
import {
  CARD_PATHS,
  CardAttestation,
  CardClaim,
  CardField,
} from '@modelport/plugin-modelport-common';
import { canonicalJson } from '../audit/canonicalJson';
import { KeptAttestation, WITHDRAWN } from './CardAttestations';
import { WrittenPart } from './writtenParts';

/** Fields of a card that are about the card itself. */
export const ABOUT_THE_CARD = [
  'notApplicable',
  'attestedBy',
  'attestedAt',
  'attestations',
];

/** What stands for whatever is derived: its figures may become others under an attestation. */
const DERIVED = 'derived';

/** What a card says, as far as people vouch for it. */
export interface StatedCard {
  fields: Record<string, CardField>;
  /** Path to why a field does not apply. */
  notApplicable: Record<string, string>;
}

/** What a field says, or why it does not apply, in short; undefined where it says nothing. */
export function statementOf(
  { fields, notApplicable }: StatedCard,
  path: string,
): string | undefined {
  const field =
    Object.hasOwn(fields, path) && !ABOUT_THE_CARD.includes(path)
      ? fields[path]
      : undefined;
  if (field) {
    return field.provenance.from === 'derived'
      ? DERIVED
      : digestOf([field.value]);
  }
  return Object.hasOwn(notApplicable, path)
    ? digestOf({ notApplicable: notApplicable[path] })
    : undefined;
}

/** What is another one whenever any field says something else. */
export function revisionOf({ fields, notApplicable }: StatedCard): string {
  return digestOf([
    notApplicable,
    Object.entries(fields).map(([path, { value, provenance }]) => [
      path,
      provenance.from,
      value,
    ]),
  ]);
}

/**
 * Who vouches for each field: the person who said so last, in the portal, where it still says what it said then and they
 * have not taken it back. What is derived may become another figure under it.
 *
 * @param kept - the newest first.
 */
export function attestationsOf(
  card: StatedCard,
  kept: KeptAttestation[],
): Record<string, CardAttestation> {
  const found: Record<string, CardAttestation> = {};
  const withdrawn = new Set<string>();
  for (const { path, stated, by, at } of kept) {
    const who = JSON.stringify([path, by]);
    if (stated === WITHDRAWN) {
      withdrawn.add(who);
    } else if (
      !withdrawn.has(who) &&
      !Object.hasOwn(found, path) &&
      statementOf(card, path) === stated
    ) {
      found[path] = { by, at };
    }
  }
  return found;
}

/**
 * Who vouched last for what a field said before it said something else, of fields that nobody vouches for now. Whoever
 * took it back is not told of.
 *
 * @param kept - the newest first.
 */
export function lapsedOf(
  card: StatedCard,
  kept: KeptAttestation[],
): Record<string, CardAttestation> {
  const current = attestationsOf(card, kept);
  const found: Record<string, CardAttestation> = {};
  const seen = new Set<string>();
  for (const { path, stated, by, at } of kept) {
    const who = JSON.stringify([path, by]);
    if (
      stated !== WITHDRAWN &&
      !seen.has(who) &&
      !Object.hasOwn(current, path) &&
      !Object.hasOwn(found, path) &&
      statementOf(card, path) !== undefined
    ) {
      found[path] = { by, at };
    }
    seen.add(who);
  }
  return found;
}

/**
 * Who the documents and the registry say vouches for each field: whom they name for the field, else for all that they
 * say. Anybody can write a name, so that is shown and counts for nothing.
 *
 * @param parts - what counts most first.
 */
export function claimsOf(
  parts: WrittenPart[],
  { fields }: StatedCard,
): Record<string, CardClaim> {
  const found: Record<string, CardClaim> = {};
  for (const path of CARD_PATHS) {
    const from =
      parts.find(({ provenance }) => provenance === fields[path]?.provenance) ??
      parts.find(({ body }) => body.notApplicable?.[path] !== undefined);
    const own = from?.body.attestations?.[path];
    const by = own?.by ?? from?.body.attestedBy;
    if (from && by !== undefined && !ABOUT_THE_CARD.includes(path)) {
      found[path] = {
        by,
        at: isoTime(
          own ? own.at ?? from.body.attestedAt : from.body.attestedAt,
        ),
        evidence: from.provenance.evidence,
      };
    }
  }
  return found;
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** A day is the beginning of it, in UTC. */
function isoTime(time: string | null | undefined): string | null {
  return time ? new Date(time).toISOString() : null;
}
