import {
  CardField,
  CardPath,
  Dataset,
  Measurement,
  Model,
  SignatureColumn,
  Version,
} from '@modelport/plugin-modelport-common';
import { isForEvaluation, isForTraining } from '../models/datasetUses';

/** The path of the measured metrics on a card whose writer states metrics too. */
export const MEASURED_METRICS = 'metrics.measured';

/** What the registry knows of a version, as fields of its card. */
export function derivedFields(
  model: Model,
  version: Version,
): Map<CardPath, CardField> {
  const fields = new Map<CardPath, CardField>();
  const put = (
    path: CardPath,
    value: unknown,
    at: string | null = version.createdAt,
  ) => {
    const isEmpty =
      value === null ||
      value === undefined ||
      (typeof value === 'object' && Object.keys(value).length === 0);
    if (!isEmpty) {
      fields.set(path, {
        value,
        provenance: { from: 'derived', evidence: null, by: null, at },
      });
    }
  };
  put('name', model.name);
  // A tag that no entity answers to names no owner.
  put('owners', model.owner === null ? null : [model.owner], model.updatedAt);
  put('task', model.task, model.updatedAt);
  put('framework', version.framework ?? model.framework);
  put('trainingData', datasetsText(version.datasets.filter(isForTraining)));
  put(
    'evaluationData',
    datasetsText(
      version.datasets.filter(dataset => isForEvaluation(version, dataset)),
    ),
  );
  put(
    'metrics',
    version.measurements.map(measurement => ({
      key: measurement.key,
      value: measurement.value,
      dataset: datasetOf(measurement),
      slice: measurement.slice,
      n: measurement.n,
      lower: measurement.lower,
      upper: measurement.upper,
    })),
  );
  put('hyperparameters', version.params);
  put('inputs', columns(version.signature?.inputs));
  put('outputs', columns(version.signature?.outputs));
  put('decision', decisionText(version));
  put('code', codeText(version));
  const tier = model.riskTierConfirmed;
  put(
    'riskManagement',
    tier && `Risk tier ${tier.tier}, confirmed by ${tier.by}: ${tier.comment}`,
    tier?.at,
  );
  return fields;
}

/** What a measurement was made on, as a card names it. */
export function datasetOf({
  dataset,
  evaluationSet,
}: Measurement): string | null {
  return dataset?.name ?? evaluationSet?.id ?? null;
}

function datasetsText(datasets: Dataset[]): string | null {
  const rows = datasets.map(dataset => {
    const details = [
      dataset.digest && `digest ${dataset.digest}`,
      dataset.rows && `${dataset.rows} rows`,
    ].filter(Boolean);
    return `- ${dataset.name}${
      details.length > 0 ? ` (${details.join(', ')})` : ''
    }`;
  });
  return rows.length > 0 ? rows.join('\n') : null;
}

function columns(signature: SignatureColumn[] | undefined) {
  return signature?.map(({ name, type }) => ({ name, type }));
}

function decisionText({ decision }: Version): string | null {
  if (!decision) {
    return null;
  }
  const { thresholds, referBand, scaling } = decision;
  const parts = [
    thresholds.length > 0 && `Thresholds: ${thresholds.join(', ')}`,
    referBand &&
      `Referred to a person: scores from ${referBand.lower} to ${referBand.upper}`,
    scaling && `Scaling: ${scaling}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('\n\n') : null;
}

function codeText({ sourceCode }: Version): string | null {
  const parts = [
    sourceCode?.repository,
    sourceCode?.commit && `commit ${sourceCode.commit}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : null;
}
