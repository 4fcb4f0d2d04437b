import {
  ComparedMeasurement,
  ComparedMetric,
  Measurement,
} from '@modelport/plugin-modelport-common';

/** Metrics that a warning names; the others are counted. */
const NAMED = 3;
const HASH_LETTERS = 12;

/**
 * Says which versions were not surely measured on the same data, what is recorded on which side, and for which metrics.
 * Those of which it is the same are said together.
 */
export function comparisonWarnings(metrics: ComparedMetric[]): string[] {
  const keysByText = new Map<string, Set<string>>();
  for (const { key, slice, values } of metrics) {
    const [baseline, ...others] = values;
    for (const other of others) {
      const text = warningOf(baseline, other);
      if (text !== undefined) {
        const keys = keysByText.get(text) ?? new Set<string>();
        keys.add(slice === null ? key : `${key} (${slice})`);
        keysByText.set(text, keys);
      }
    }
  }
  return [...keysByText].map(([text, keys]) => `${text} ${listOf(keys)}.`);
}

/** What is wrong between two measurements, up to the names of the metrics; undefined where nothing is. */
function warningOf(
  baseline: ComparedMeasurement,
  other: ComparedMeasurement,
): string | undefined {
  const [a, b] = [baseline.measurement, other.measurement];
  if (!a || !b || other.comparability === 'same') {
    return undefined;
  }
  const sides = `version ${baseline.version} on ${dataOf(a)}, version ${
    other.version
  } on ${dataOf(b)}`;
  if (other.comparability === 'different') {
    return `The recorded figures are not of the same data, and their differences do not say which version is better: ${sides}. This concerns`;
  }
  const [digestA, digestB] = [a.dataset?.digest, b.dataset?.digest];
  const hint =
    digestA && digestB
      ? ` The registry's digests of the datasets are ${
          digestA === digestB
            ? `the same ("${digestA}")`
            : `different ("${digestA}" and "${digestB}")`
        }, which is a hint and no proof.`
      : '';
  return `The recorded figures are not known to be of the same data, and alone call no version better: ${sides}.${hint} This concerns`;
}

function dataOf({ evaluationSet, dataset }: Measurement): string {
  if (evaluationSet) {
    const { id, hash } = evaluationSet;
    return `evaluation set "${id}" (${
      hash === null
        ? 'no hash recorded'
        : `hash ${
            hash.length > HASH_LETTERS
              ? `${hash.slice(0, HASH_LETTERS)}…`
              : hash
          }`
    })`;
  }
  return dataset
    ? `dataset "${dataset.name}" with no evaluation set recorded`
    : 'no recorded evaluation set';
}

function listOf(keys: Set<string>): string {
  const all = [...keys];
  const more = all.length - NAMED;
  return more > 0
    ? `${all.slice(0, NAMED).join(', ')} and ${more} more`
    : all.join(', ');
}
