import { Dataset, Measurement } from '@modelport/plugin-modelport-common';

const TRAINING = /train|fit/i;
const EVALUATION = /eval|test|valid|hold/i;

/** What is known of a version's data. */
interface UseOfData {
  measurements: Measurement[];
}

/** Whether a dataset was trained on, by what its run calls it. */
export function isForTraining({ context }: Pick<Dataset, 'context'>): boolean {
  return TRAINING.test(context ?? '');
}

/** Whether a dataset was evaluated on, by what its run calls it, or since metrics were measured on it. */
export function isForEvaluation(version: UseOfData, dataset: Dataset): boolean {
  return (
    EVALUATION.test(dataset.context ?? '') || isOnlyMeasuredOn(version, dataset)
  );
}

/** Whether nothing is known of a dataset of a version but that metrics were measured on it. */
export function isOnlyMeasuredOn(
  { measurements }: UseOfData,
  { name, digest, context }: Dataset,
): boolean {
  return (
    context === null &&
    measurements.some(
      ({ dataset }) =>
        dataset?.name === name && (dataset.digest ?? digest) === digest,
    )
  );
}
