import {
  CARD_PATHS,
  CardClaim,
  CardContradiction,
  CardField,
  isPlaceholder,
  LineageGraph,
  metricContradictions,
  Model,
  Version,
} from '@modelport/plugin-modelport-common';
import { CardDocument } from './CardDocuments';
import { ABOUT_THE_CARD, claimsOf } from './attestationsOf';
import { datasetOf, derivedFields, MEASURED_METRICS } from './derivedFields';
import { evidenceFields } from './evidenceFields';
import { lineageFields } from './lineageFields';
import { versionNode } from '../lineage/lineageNodes';
import { WrittenPart, writtenParts } from './writtenParts';

/** What a registry holds of every model, card or not. */
const NO_CARD_YET = ['name', 'description', 'metrics', 'tags'];

/** A version's card, put together. */
export interface AssembledCard {
  fields: Record<string, CardField>;
  notApplicable: Record<string, string>;
  /** Path to who the documents say vouches for it. */
  claims: Record<string, CardClaim>;
  contradictions: CardContradiction[];
  /** Whether anybody wrote more than a registry holds of every model. */
  isWritten: boolean;
}

/**
 * Puts the card of a version together. What is written stays, whatever the evidence says; what nobody wrote, or filled
 * with a placeholder, comes from what the registry, the evidence and the lineage know.
 */
export function assembleCard(
  model: Model,
  version: Version,
  { documents, lineage }: { documents: CardDocument[]; lineage: LineageGraph },
): AssembledCard {
  const parts = writtenParts(model, version, documents);
  const fromRegistry = derivedFields(model, version);
  const fromLineage = lineageFields(lineage, versionNode(version).id, {
    version,
    trainingData: fromRegistry.get('trainingData'),
  });
  const derived = new Map([
    ...evidenceFields(
      documents,
      (version.signature?.inputs ?? []).flatMap(({ name }) => name ?? []),
    ),
    ...fromLineage,
    ...fromRegistry,
  ]);
  const data = fromLineage.get('trainingData');
  if (data) {
    derived.set('trainingData', data);
  }
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
  const notApplicable: Record<string, string> = Object.assign(
    {},
    ...parts.map(({ body }) => body.notApplicable ?? {}).reverse(),
  );
  return {
    fields,
    notApplicable,
    claims: claimsOf(parts, { fields, notApplicable }),
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

/** What any of the written parts states of metrics and the measurements do not bear out. */
function contradictionsOf(
  parts: WrittenPart[],
  version: Version,
): CardContradiction[] {
  const derived = version.measurements.map(measurement => ({
    key: measurement.key,
    value: measurement.value,
    dataset: datasetOf(measurement),
    slice: measurement.slice,
    evidence: measurement.evidence,
  }));
  const found = parts
    .flatMap(({ body, provenance }) =>
      metricContradictions(body.metrics ?? [], derived).map(contradiction => ({
        contradiction,
        document: provenance.evidence,
      })),
    )
    .reverse();
  // What several parts say is told of the one that counts most.
  const unique = new Map(
    found.map(({ contradiction, document }) => [
      JSON.stringify(contradiction),
      { ...contradiction, document },
    ]),
  );
  return [...unique.values()].reverse();
}
