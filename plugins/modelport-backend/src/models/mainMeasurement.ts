import {
  Figure,
  MainMetric,
  Measurement,
} from '@modelport/plugin-modelport-common';
import { measurementsOf, sameFigure, StoredDetails } from './versionRow';

/** What the registry says of how a version's main metric was measured; null where that is nothing. */
export function mainMeasurement(
  { key, value }: Pick<MainMetric, 'key' | 'value'>,
  version: { metrics: Record<string, Figure>; details: Partial<StoredDetails> },
): Measurement | null {
  const { measurements = [], evaluationSet = null } = version.details;
  const same = measurementsOf(version.metrics, {
    measurements,
    evaluationSet,
  }).filter(
    one =>
      one.key === key && one.slice === null && sameFigure(one.value, value),
  );
  const known = same.filter(
    ({ dataset, evaluationSet: set, n }) =>
      dataset !== null || set !== null || n !== null,
  );
  return known.find(({ n }) => n !== null) ?? known[0] ?? null;
}
