import { Measurement, Version } from '@modelport/plugin-modelport-common';

const SHOWN_FIRST = 4;

/** A measurement of the whole set, preferred over those of slices. */
export function measurementOf(
  version: Version,
  key: string,
): Measurement | undefined {
  return version.measurements.find(
    measurement => measurement.key === key && measurement.slice === null,
  );
}

/** The value of a metric, measured on the whole set. */
export function valueOf(version: Version, key: string) {
  return measurementOf(version, key)?.value ?? version.metrics[key];
}

/** Every metric key of the versions, in the order in which they are met. */
export function metricKeys(versions: Version[]): string[] {
  return [
    ...new Set(
      versions.flatMap(version => [
        ...Object.keys(version.metrics),
        ...version.measurements
          .filter(({ slice }) => slice === null)
          .map(({ key }) => key),
      ]),
    ),
  ];
}

/** Metrics that say most come first: of test data, then of others, then of training data, then of parts. */
export function metricRank(key: string): number {
  if (key.includes('.')) {
    return 3;
  }
  if (/^(test|eval|oof)/i.test(key)) {
    return 0;
  }
  return /^train/i.test(key) ? 2 : 1;
}

/**
 * The keys shown before anyone chooses: the main metric, then those that most versions share, measured on test or
 * validation data before those of training.
 */
export function firstMetricKeys(
  versions: Version[],
  main: string | undefined,
): string[] {
  const keys = metricKeys(versions);
  const countOf = (key: string) =>
    versions.filter(version => valueOf(version, key) !== undefined).length;
  return keys
    .map((key, place) => ({
      key,
      place,
      rank: key === main ? -1 : metricRank(key),
      n: countOf(key),
    }))
    .sort((a, b) => a.rank - b.rank || b.n - a.n || a.place - b.place)
    .slice(0, SHOWN_FIRST)
    .map(({ key }) => key);
}
