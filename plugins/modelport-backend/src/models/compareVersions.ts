import {
  ComparedMeasurement,
  ComparedMetric,
  ComparedValue,
  Comparability,
  Comparison,
  Direction,
  fromFigure,
  Measurement,
  metricDirection,
  Version,
} from '@modelport/plugin-modelport-common';
import { compareSignatures } from './compareSignatures';
import { comparisonWarnings } from './comparisonWarnings';
import { sameFigure } from './versionRow';

/**
 * Puts versions beside each other; the first is the baseline. On which side of it a value lies is told only where both
 * were measured on the same evaluation set.
 *
 * @param directions - directions of metrics that config sets; others follow from the key.
 */
export function compareVersions(
  versions: Version[],
  directions: Map<string, Direction>,
): Comparison {
  const metrics = compareMetrics(versions, directions);
  return {
    versions,
    metrics,
    params: compareValues(versions.map(v => v.params)),
    datasets: compareValues(versions.map(datasetLines)),
    signatureChanges: versions.slice(1).flatMap(version => {
      const from = versions[0].signature;
      return from && version.signature
        ? compareSignatures(from, version.signature).map(change => ({
            version: version.version,
            ...change,
          }))
        : [];
    }),
    signatureUnknown: versions
      .filter(version => !version.signature)
      .map(version => version.version),
    warnings: comparisonWarnings(metrics),
  };
}

function compareMetrics(
  versions: Version[],
  directions: Map<string, Direction>,
): ComparedMetric[] {
  const ids = new Map<string, { key: string; slice: string | null }>();
  for (const version of versions) {
    for (const { key, slice } of version.measurements) {
      ids.set(JSON.stringify([key, slice]), { key, slice });
    }
  }
  return [...ids.values()].map(({ key, slice }) => {
    const direction = directions.get(key) ?? metricDirection(key);
    const found = versions.map(
      version =>
        version.measurements.find(m => m.key === key && m.slice === slice) ??
        null,
    );
    return {
      key,
      slice,
      direction,
      differs: found.some(
        m => !m || !found[0] || !sameFigure(m.value, found[0].value),
      ),
      values: found.map((measurement, index) =>
        compareToBaseline({
          version: versions[index].version,
          measurement,
          baseline: found[0],
          isBaseline: index === 0,
          direction,
        }),
      ),
    };
  });
}

function compareToBaseline(options: {
  version: string;
  measurement: Measurement | null;
  baseline: Measurement | null;
  isBaseline: boolean;
  direction: Direction | null;
}): ComparedMeasurement {
  const { version, measurement, baseline, isBaseline, direction } = options;
  const { comparability, reason } = isBaseline
    ? { comparability: 'same' as const, reason: null }
    : comparabilityOf(baseline, measurement);
  const difference =
    measurement && baseline
      ? fromFigure(measurement.value) - fromFigure(baseline.value)
      : NaN;
  const delta = Number.isFinite(difference) && !isBaseline ? difference : null;
  const judged =
    comparability === 'same' &&
    direction !== null &&
    delta !== null &&
    delta !== 0;
  return {
    version,
    measurement,
    delta,
    comparability,
    reason,
    better: judged ? delta > 0 === (direction === 'higher') : null,
  };
}

/** Whether two values were measured on the same rows. A dataset digest is only a hint: it changes with the columns. */
export function comparabilityOf(
  a: Measurement | null,
  b: Measurement | null,
): { comparability: Comparability; reason: string | null } {
  if (!a || !b) {
    return {
      comparability: 'unknown',
      reason: 'One of the two has no such metric',
    };
  }
  const [setA, setB] = [a.evaluationSet, b.evaluationSet];
  if (setA && setB) {
    if (setA.hash !== null && setB.hash !== null) {
      return setA.hash === setB.hash
        ? { comparability: 'same', reason: null }
        : {
            comparability: 'different',
            reason: 'The rows and labels of the evaluation sets differ',
          };
    }
    return setA.id === setB.id
      ? { comparability: 'same', reason: null }
      : {
          comparability: 'different',
          reason: `Measured on the evaluation sets "${setA.id}" and "${setB.id}"`,
        };
  }
  const hint =
    a.dataset?.digest && b.dataset?.digest
      ? ` The dataset digests are ${
          a.dataset.digest === b.dataset.digest ? 'the same' : 'different'
        }, which is a hint and no proof.`
      : '';
  return {
    comparability: 'unknown',
    reason: `No evaluation set is known for ${
      setA || setB ? 'one of them' : 'either'
    }.${hint}`,
  };
}

function compareValues(maps: Array<Record<string, string>>): ComparedValue[] {
  const keys = [...new Set(maps.flatMap(map => Object.keys(map)))].sort();
  return keys.map(key => {
    const values = maps.map(map => (Object.hasOwn(map, key) ? map[key] : null));
    return {
      key,
      differs: values.some(value => value !== values[0]),
      values,
    };
  });
}

function datasetLines(version: Version): Record<string, string> {
  return Object.fromEntries(
    version.datasets.map(({ name, context, digest }) => [
      context ? `${name} (${context})` : name,
      digest ?? 'no digest',
    ]),
  );
}
