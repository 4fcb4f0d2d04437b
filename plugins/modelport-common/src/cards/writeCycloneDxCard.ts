import { CardBody, CardColumn } from './cardBody';
import { cleanText } from './cleanText';
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
import { EVALUATION_DATA, TRAINING_DATA } from './dataNames';
import { COLUMN_SEPARATOR, readCycloneDxCard } from './readCycloneDxCard';
import { CardSubject, WrittenCard } from './writeHuggingFaceCard';

const SCHEMA = 'http://cyclonedx.org/schema/bom-1.7.schema.json';
/** Property that names a field of the card that the document could not hold. */
const NOT_HELD = 'modelport:not-held';
const REMARK = 'modelport:remark';
const WEB_ADDRESS = /^https?:\/\/[^\s<>"'`\\^{|}]+$/i;

/**
 * Writes a card as a CycloneDX 1.7 document (JSON) with one model. What `modelCard` has no place for is left out and
 * named, here and among the properties of the card: among it purpose, business metric, out-of-scope use and monitoring.
 * Where a metric was measured, dataset and slice, stands in its `slice`. Names and values stand as they are, texts
 * without what could be harmful where they are shown.
 *
 * @public
 */
export function writeCycloneDxCard(
  body: CardBody,
  fallback: CardSubject,
): WrittenCard {
  const lost = notHeld(
    body,
    readCycloneDxCard(documentOf(body, fallback, [])).body,
  );
  const document = documentOf(body, fallback, lost);
  return { text: `${quotedJson(document)}\n`, notHeld: lost };
}

function documentOf(
  body: CardBody,
  fallback: CardSubject,
  lost: string[],
): unknown {
  return plainDocument({
    $schema: SCHEMA,
    bomFormat: 'CycloneDX',
    specVersion: '1.7',
    version: 1,
    components: [
      {
        type: 'machine-learning-model',
        name: body.name ?? fallback.name,
        version: fallback.version,
        description: prose(body.description),
        authors: body.owners?.map((owner, place) => {
          const { name, ref } = namedOwner(owner, fallback.ownerNames);
          // Twice the same reference would make the document another one.
          const isFirst = body.owners?.indexOf(owner) === place;
          return { 'bom-ref': isFirst ? ref : undefined, name };
        }),
        licenses: body.licence && [{ license: { name: body.licence } }],
        tags: body.tags,
        pedigree: body.baseModel && {
          ancestors: body.baseModel.map(name => ({
            type: 'machine-learning-model',
            name,
          })),
        },
        externalReferences: references(body),
        modelCard: {
          modelParameters: {
            task: body.task,
            modelArchitecture: prose(body.architecture),
            datasets: datasets(body),
            inputs: body.inputs?.map(format),
            outputs: body.outputs?.map(format),
          },
          quantitativeAnalysis: body.metrics && {
            performanceMetrics: body.metrics.map(metric => ({
              type: metric.key,
              value: writtenFigure(metric.value, metric.decimals),
              slice: sliceText(metric),
              confidenceInterval:
                boundText(metric.lower) === undefined &&
                boundText(metric.upper) === undefined
                  ? undefined
                  : {
                      lowerBound: boundText(metric.lower),
                      upperBound: boundText(metric.upper),
                    },
            })),
          },
          considerations: {
            users: single(body.users),
            useCases: single(body.intendedUse),
            technicalLimitations: single(body.limitations),
            performanceTradeoffs: single(body.tradeoffs),
            ethicalConsiderations: body.ethicalConsiderations && [
              { name: prose(body.ethicalConsiderations) },
            ],
          },
          properties: properties(lost, fallback.remarks ?? []),
        },
      },
    ],
  });
}

function properties(lost: string[], remarks: readonly string[]) {
  const all = [
    ...lost.map(value => ({ name: NOT_HELD, value })),
    ...remarks.map(value => ({ name: REMARK, value: cleanText(value) })),
  ];
  return all.length > 0 ? all : undefined;
}

function single(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : [cleanText(text)];
}

function format(column: CardColumn) {
  return {
    format:
      column.name === null
        ? column.type ?? undefined
        : `${column.name}${COLUMN_SEPARATOR}${column.type ?? ''}`,
  };
}

function datasets(body: CardBody) {
  const all = [
    { name: TRAINING_DATA, description: prose(body.trainingData) },
    { name: EVALUATION_DATA, description: prose(body.evaluationData) },
  ].filter(({ description }) => description !== undefined);
  return all.length === 0
    ? undefined
    : all.map(data => ({ type: 'dataset', ...data }));
}

function references(body: CardBody) {
  const all = [
    ...(body.code ? [{ type: 'vcs', url: body.code }] : []),
    ...(body.references ?? []).map(url => ({ type: 'documentation', url })),
  ].filter(({ url }) => WEB_ADDRESS.test(url));
  return all.length === 0 ? undefined : all;
}
