import {
  ComparedEvidence,
  ComparedMetric,
  Comparison,
  metricDirection,
} from '@modelport/plugin-modelport-common';

/** The metrics of a comparison, and those that no version recorded and rows tell. */
export function withRowMetrics(
  comparison: Pick<Comparison, 'versions' | 'metrics'>,
  evidence: ComparedEvidence | undefined,
): ComparedMetric[] {
  const known = new Set(
    comparison.metrics.flatMap(({ key, slice }) =>
      slice === null ? [key] : [],
    ),
  );
  const keys = (evidence?.differences ?? [])
    .map(({ key }) => key)
    .filter(key => !known.has(key));
  return [
    ...comparison.metrics,
    ...[...new Set(keys)].map(key => ({
      key,
      slice: null,
      direction: metricDirection(key),
      differs: true,
      values: comparison.versions.map(({ version }) => ({
        version,
        measurement: null,
        delta: null,
        comparability: 'unknown' as const,
        reason: null,
        better: null,
      })),
    })),
  ];
}
