import { Measurement, Version } from '@modelport/plugin-modelport-common';
import { metricRank } from './metricKeys';

/** Measurements of the whole set, or of one slice. */
export interface MeasurementGroup {
  /** Null for the whole set. */
  slice: string | null;
  measurements: Measurement[];
}

/**
 * The measurements of a version by slice, the whole set first, and what evidence says before the run's own, so that what
 * was pushed is seen at once; a metric without a measurement stands as the run's.
 */
export function groupMeasurements(version: Version): MeasurementGroup[] {
  const measured = new Set(version.measurements.map(({ key }) => key));
  const bare = Object.entries(version.metrics)
    .filter(([key]) => !measured.has(key))
    .map(([key, value]) => ({
      key,
      value,
      dataset: null,
      evaluationSet: null,
      slice: null,
      n: null,
      lower: null,
      upper: null,
      evidence: null,
    }));
  const groups = new Map<string | null, Measurement[]>([[null, []]]);
  for (const measurement of [...version.measurements, ...bare]) {
    const group = groups.get(measurement.slice) ?? [];
    group.push(measurement);
    groups.set(measurement.slice, group);
  }
  return [...groups]
    .map(([slice, measurements]) => ({
      slice,
      measurements: [...measurements].sort(
        (a, b) =>
          isOfRun(a) - isOfRun(b) || metricRank(a.key) - metricRank(b.key),
      ),
    }))
    .sort(
      (a, b) =>
        Number(a.slice !== null) - Number(b.slice !== null) ||
        Math.min(...a.measurements.map(isOfRun)) -
          Math.min(...b.measurements.map(isOfRun)),
    );
}

function isOfRun({ evidence }: Measurement): number {
  return Number(evidence === null);
}
