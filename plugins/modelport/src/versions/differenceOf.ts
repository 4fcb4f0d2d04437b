import {
  ComparedEvidence,
  ComparedMetric,
  DifferenceOnRows,
} from '@modelport/plugin-modelport-common';

/**
 * What rows say of a version's difference from the baseline on a metric; only whole sets are compared row by row.
 *
 * @param version - any version where absent.
 */
export function differenceOf(
  evidence: ComparedEvidence | undefined,
  metric: Pick<ComparedMetric, 'key' | 'slice'>,
  version?: string,
): DifferenceOnRows | undefined {
  return metric.slice === null
    ? evidence?.differences.find(
        one =>
          one.key === metric.key &&
          (version === undefined || one.version === version),
      )
    : undefined;
}
