import {
  CARD_PATHS,
  CardAttestation,
  CardField,
} from '@modelport/plugin-modelport-common';
import { WrittenPart } from './writtenParts';

/** A card is often attested some hours before the pipeline hands it in. */
const SAME_TIME_MS = 24 * 60 * 60 * 1000;

/**
 * Who vouches for each field, or for that it does not apply: who is named for the field, else for the whole card. Nobody
 * vouches for what was written after they did, unless it stands in the same document as their name. What is derived may
 * become another figure under it: whoever vouches for the card vouches for that, too.
 *
 * @param parts - what counts most first.
 */
export function attestationsOf(
  parts: WrittenPart[],
  fields: Record<string, CardField>,
): Record<string, CardAttestation> {
  const found: Record<string, CardAttestation> = {};
  for (const path of CARD_PATHS) {
    const from =
      parts.find(({ provenance }) => provenance === fields[path]?.provenance) ??
      parts.find(({ body }) => body.notApplicable?.[path] !== undefined);
    const holds = parts
      .flatMap(part => {
        const attestation = attestationIn(part, path);
        return attestation ? [{ part, attestation }] : [];
      })
      .find(
        ({ part, attestation }) =>
          !from || part === from || !isBefore(attestation, from.provenance.at),
      );
    if (holds) {
      found[path] = holds.attestation;
    }
  }
  return found;
}

function attestationIn(
  { body, provenance }: WrittenPart,
  path: string,
): CardAttestation | undefined {
  const own = body.attestations?.[path];
  if (own) {
    return { by: own.by, at: own.at ?? body.attestedAt ?? provenance.at };
  }
  return body.attestedBy === undefined
    ? undefined
    : { by: body.attestedBy, at: body.attestedAt ?? provenance.at };
}

function isBefore({ at }: CardAttestation, than: string | null): boolean {
  return (
    at !== null &&
    than !== null &&
    Date.parse(at) < Date.parse(than) - SAME_TIME_MS
  );
}
