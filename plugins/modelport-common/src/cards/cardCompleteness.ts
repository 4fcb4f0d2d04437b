import {
  CardCompleteness,
  CardField,
  CardMissing,
  RiskTier,
} from '../schema/openapi';
import { CardPath } from './cardBody';
import { isPlaceholder } from './isPlaceholder';
import { CardTemplate } from './templates/CardTemplate';

const TIERS: readonly RiskTier[] = ['low', 'medium', 'high'];

/** A card that the run of a version writes is somewhat older than the version that is made of the run. */
const SAME_TIME_MS = 24 * 60 * 60 * 1000;

/** Refs and words that name no person. */
const NO_PERSON =
  /^(group|system|service|api|component|resource):|^(the )?\S+ team$/i;

/**
 * The fields of a card, and who attested them.
 *
 * @public
 */
export interface CompletenessInput {
  fields: Readonly<Record<string, CardField>>;
  notApplicable: Readonly<Record<string, string>>;
  /** Path to the person who said, signed in, that the field is right or does not apply, and when. */
  attestations: Readonly<Record<string, { by: string; at: string | null }>>;
  /** When the version was made; null where that is not known. */
  versionCreatedAt: string | null;
}

/** The fields that a template asks of a tier: its own and those of the tiers below it. */
export function requiredFields(
  template: Pick<CardTemplate, 'fields'>,
  tier: RiskTier,
): CardPath[] {
  const paths = TIERS.slice(0, TIERS.indexOf(tier) + 1).flatMap(level =>
    template.fields[level].map(field => field.path),
  );
  return [...new Set(paths)];
}

/**
 * How complete a card is for a tier: the share of the fields asked for that count. A field counts when it is more than
 * a placeholder or says why it does not apply, when a named person attested it on a known day, and when it is not older
 * than the version (a day counts as the same time). What is not there comes before what is old, and that before what nobody
 * attested.
 *
 * @public
 */
export function cardCompleteness(
  template: Pick<CardTemplate, 'id' | 'fields'>,
  tier: RiskTier,
  input: CompletenessInput,
): CardCompleteness {
  const required = requiredFields(template, tier);
  const missing = required.flatMap((path): CardMissing[] => {
    const reason = reasonFor(path, input);
    return reason ? [{ path, reason }] : [];
  });
  return {
    template: template.id,
    score:
      required.length === 0
        ? 1
        : (required.length - missing.length) / required.length,
    missing,
  };
}

function reasonFor(
  path: CardPath,
  input: CompletenessInput,
): CardMissing['reason'] | undefined {
  const field = Object.hasOwn(input.fields, path)
    ? input.fields[path]
    : undefined;
  const why = Object.hasOwn(input.notApplicable, path)
    ? input.notApplicable[path]
    : undefined;
  if (isPlaceholder(field?.value) && isPlaceholder(why)) {
    return field ? 'placeholder' : 'absent';
  }
  const attestation = Object.hasOwn(input.attestations, path)
    ? input.attestations[path]
    : undefined;
  const vouched =
    attestation !== undefined &&
    attestation.at !== null &&
    namesPerson(attestation.by);
  const at = vouched ? attestation.at : field?.provenance.at ?? null;
  if (isOlder(at, input.versionCreatedAt)) {
    return 'outdated';
  }
  return vouched ? undefined : 'unattested';
}

function namesPerson(by: string): boolean {
  return !isPlaceholder(by) && !NO_PERSON.test(by.trim());
}

function isOlder(at: string | null, than: string | null): boolean {
  return (
    at !== null &&
    than !== null &&
    Date.parse(at) < Date.parse(than) - SAME_TIME_MS
  );
}
