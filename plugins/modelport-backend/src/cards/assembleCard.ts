import {
  CARD_PATHS,
  CardContradiction,
  CardField,
  isPlaceholder,
  metricContradictions,
  Model,
  Version,
} from '@modelport/plugin-modelport-common';
import { CardDocument } from './CardDocuments';
import { derivedFields, MEASURED_METRICS } from './derivedFields';
import { evidenceFields } from './evidenceFields';
import { WrittenPart, writtenParts } from './writtenParts';

/** Fields of a card that are about the card, and are shown as such. */
const ABOUT_THE_CARD = ['notApplicable', 'attestedBy', 'attestedAt'];

/** What a registry holds of every model, card or not. */
const NO_CARD_YET = ['name', 'description', 'metrics', 'tags'];

/** A version's card, put together. */
export interface AssembledCard {
  fields: Record<string, CardField>;
  notApplicable: Record<string, string>;
  attestation: { by: string; at: string | null } | null;
  contradictions: CardContradiction[];
  /** Whether anybody wrote more than a registry holds of every model. */
  isWritten: boolean;
}

/**
 * Puts the card of a version together. What is written stays, whatever the evidence says; what nobody wrote, or filled
 * with a placeholder, comes from what the registry knows.
 */
export function assembleCard(
  model: Model,
  version: Version,
  documents: CardDocument[],
): AssembledCard {
  const parts = writtenParts(model, version, documents);
  const derived = new Map([
    ...evidenceFields(documents),
    ...derivedFields(model, version),
  ]);
  const fields: Record<string, CardField> = {};
  for (const path of CARD_PATHS) {
    const written = parts.flatMap(({ body, provenance }): CardField[] =>
      body[path] === undefined ? [] : [{ value: body[path], provenance }],
    );
    const field =
      written.find(({ value }) => !isPlaceholder(value)) ??
      derived.get(path) ??
      written.at(0);
    if (field) {
      fields[path] = field;
    }
  }
  const measured = derived.get('metrics');
  if (measured && fields.metrics !== measured) {
    fields[MEASURED_METRICS] = measured;
  }
  return {
    fields,
    notApplicable: Object.assign(
      {},
      ...parts.map(({ body }) => body.notApplicable ?? {}).reverse(),
    ),
    attestation: attestationOf(parts),
    contradictions: contradictionsOf(parts, version),
    isWritten: parts.some(({ body, provenance }) =>
      CARD_PATHS.some(
        path =>
          (provenance.evidence !== null || !NO_CARD_YET.includes(path)) &&
          !ABOUT_THE_CARD.includes(path) &&
          !isPlaceholder(body[path]),
      ),
    ),
  };
}

function attestationOf(parts: WrittenPart[]): AssembledCard['attestation'] {
  for (const { body, provenance } of parts) {
    if (body.attestedBy !== undefined) {
      return {
        by: body.attestedBy,
        at: body.attestedAt ?? provenance.at,
      };
    }
  }
  return null;
}

/** What any of the written parts states of metrics and the measurements do not bear out. */
function contradictionsOf(
  parts: WrittenPart[],
  version: Version,
): CardContradiction[] {
  const derived = version.measurements.map(measurement => ({
    key: measurement.key,
    value: measurement.value,
    dataset: measurement.dataset?.name ?? null,
    slice: measurement.slice,
    evidence: measurement.evidence,
  }));
  const found = parts.flatMap(({ body }) =>
    metricContradictions(body.metrics ?? [], derived),
  );
  const unique = new Map(
    found.map(contradiction => [JSON.stringify(contradiction), contradiction]),
  );
  return [...unique.values()];
}
