import { CardBody } from './cardBody';
import { cleanText } from './cleanText';
import { EVALUATION_DATA, TRAINING_DATA } from './dataNames';
import {
  boundText,
  plainDocument,
  prose,
  quotedJson,
  writtenFigure,
} from './exportParts';
import { sliceText } from './metricSlice';
import { notHeld } from './notHeld';
import { namedOwner } from './ownerNames';
import { readToolkitCard } from './readToolkitCard';
import { CardSubject, WrittenCard } from './writeHuggingFaceCard';

/** A reference that a program may open; programs overlook control characters, tabs among them. */
const HARMLESS = /^(https?:\/\/|(?![a-z][a-z0-9+.-]*:))/i;

/** A text that may be an SPDX identifier; others are written as the text of a licence. */
const IDENTIFIER = /^[A-Za-z0-9.+-]+$/;

/**
 * Writes a card as JSON of Google's Model Card Toolkit, schema 0.0.2. What it has no place for is left out and named:
 * among it purpose, out-of-scope use, decision and monitoring. Where a metric was measured, dataset and slice, stands in
 * its `slice`. Names and values stand as they are, texts without what could be harmful where they are shown.
 *
 * @public
 */
export function writeToolkitCard(
  body: CardBody,
  fallback: CardSubject,
): WrittenCard {
  const version = { name: fallback.version, diff: prose(body.changes) };
  const document = plainDocument({
    schema_version: '0.0.2',
    model_details: {
      name: body.name ?? fallback.name,
      overview: prose(body.description),
      owners: body.owners?.map(owner => {
        const { name, ref } = namedOwner(owner, fallback.ownerNames);
        return { name, contact: ref };
      }),
      version: version.name || version.diff ? version : undefined,
      licenses: body.licence && [
        IDENTIFIER.test(body.licence)
          ? { identifier: body.licence }
          : { custom_text: body.licence },
      ],
      references: body.references
        ?.map(reference => reference.replace(/\p{Cc}/gu, '').trim())
        .filter(reference => HARMLESS.test(reference))
        .map(reference => ({ reference: cleanText(reference) })),
      citations: body.citation && [{ citation: prose(body.citation) }],
    },
    model_parameters: {
      model_architecture: prose(body.architecture),
      data: [
        { name: TRAINING_DATA, description: prose(body.trainingData) },
        { name: EVALUATION_DATA, description: prose(body.evaluationData) },
      ].filter(({ description }) => description !== undefined),
      ...columnsAs('input_format', body.inputs),
      ...columnsAs('output_format', body.outputs),
    },
    quantitative_analysis: body.metrics && {
      performance_metrics: body.metrics.map(metric => ({
        type: metric.key,
        value: writtenFigure(metric.value, metric.decimals),
        slice: sliceText(metric),
        confidence_interval:
          boundText(metric.lower) ?? boundText(metric.upper)
            ? {
                lower_bound: boundText(metric.lower),
                upper_bound: boundText(metric.upper),
              }
            : undefined,
      })),
      graphics: fallback.remarks?.length
        ? { description: cleanText(fallback.remarks.join(' ')) }
        : undefined,
    },
    considerations: {
      users: described(body.users),
      use_cases: described(body.intendedUse),
      limitations: described(body.limitations),
      tradeoffs: described(body.tradeoffs),
      ethical_considerations: body.ethicalConsiderations && [
        { name: prose(body.ethicalConsiderations) },
      ],
    },
  });
  const text = `${quotedJson(document)}\n`;
  return { text, notHeld: notHeld(body, readToolkitCard(document).body) };
}

function described(text: string | undefined) {
  return text === undefined ? undefined : [{ description: cleanText(text) }];
}

/** Columns stand in a map; one without a name is the format itself. */
function columnsAs(key: string, columns: CardBody['inputs']) {
  return {
    [key]: columns?.find(({ name }) => name === null)?.type ?? undefined,
    [`${key}_map`]: columns
      ?.filter(({ name }) => name !== null)
      .map(({ name, type }) => ({ key: name, value: type ?? undefined })),
  };
}
