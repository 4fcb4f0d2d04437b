import { CardBody, CardColumn } from './cardBody';
import { boundText, cleanDocument, writtenFigure } from './exportParts';
import { notHeld } from './notHeld';
import { EVALUATION_DATA, TRAINING_DATA } from './dataNames';
import { COLUMN_SEPARATOR, readCycloneDxCard } from './readCycloneDxCard';
import { WrittenCard } from './writeHuggingFaceCard';

const SCHEMA = 'http://cyclonedx.org/schema/bom-1.7.schema.json';
const WEB_ADDRESS = /^https?:\/\/[^\s<>"'`\\^{|}]+$/i;

/**
 * Writes a card as a CycloneDX 1.7 document (JSON) with one model. What `modelCard` has no place for is left out and
 * named: among it purpose, business metric, out-of-scope use, monitoring, and the dataset of each metric.
 *
 * @public
 */
export function writeCycloneDxCard(
  body: CardBody,
  fallback: { name: string; version?: string },
): WrittenCard {
  const document = cleanDocument({
    $schema: SCHEMA,
    bomFormat: 'CycloneDX',
    specVersion: '1.7',
    version: 1,
    components: [
      {
        type: 'machine-learning-model',
        name: body.name ?? fallback.name,
        version: fallback.version,
        description: body.description,
        authors: body.owners?.map(name => ({ name })),
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
            modelArchitecture: body.architecture,
            datasets: datasets(body),
            inputs: body.inputs?.map(format),
            outputs: body.outputs?.map(format),
          },
          quantitativeAnalysis: body.metrics && {
            performanceMetrics: body.metrics.map(metric => ({
              type: metric.key,
              value: writtenFigure(metric.value, metric.decimals),
              slice: metric.slice ?? undefined,
              confidenceInterval:
                metric.lower === undefined && metric.upper === undefined
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
              { name: body.ethicalConsiderations },
            ],
          },
        },
      },
    ],
  });
  const text = `${JSON.stringify(document, null, 2)}\n`;
  return { text, notHeld: notHeld(body, readCycloneDxCard(document).body) };
}

function single(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : [text];
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
    { name: TRAINING_DATA, description: body.trainingData },
    { name: EVALUATION_DATA, description: body.evaluationData },
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
