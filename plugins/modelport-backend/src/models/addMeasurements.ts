import { Measurement } from '@modelport/plugin-modelport-common';
import { sameFigure } from './versionRow';

/**
 * Adds what evidence says to what the source says. A measurement of the same value fills what the source leaves open,
 * such as its evaluation set and interval; one of another value stands beside it.
 */
export function addMeasurements(
  own: Measurement[],
  evidence: Measurement[],
): Measurement[] {
  const all = [...own];
  const places = new Map<string, number[]>();
  for (const [place, { key }] of own.entries()) {
    const same = places.get(key) ?? [];
    places.set(key, same);
    same.push(place);
  }
  for (const measurement of evidence) {
    const place = places
      .get(measurement.key)
      ?.find(at => isFilledBy(all[at], measurement));
    if (place === undefined) {
      all.push(measurement);
    } else {
      all[place] = fill(all[place], measurement);
    }
  }
  return all;
}

function isFilledBy(known: Measurement, measurement: Measurement): boolean {
  return (
    known.evidence === null &&
    known.key === measurement.key &&
    known.slice === measurement.slice &&
    sameFigure(known.value, measurement.value) &&
    agrees(known.dataset?.name, measurement.dataset?.name) &&
    agrees(known.evaluationSet?.id, measurement.evaluationSet?.id) &&
    agrees(known.n, measurement.n)
  );
}

function agrees<T>(known: T | null | undefined, said: T | null | undefined) {
  return (
    known === said ||
    known === null ||
    known === undefined ||
    said === null ||
    said === undefined
  );
}

function fill(known: Measurement, measurement: Measurement): Measurement {
  return {
    ...known,
    dataset: known.dataset ?? measurement.dataset,
    evaluationSet: known.evaluationSet ?? measurement.evaluationSet,
    n: known.n ?? measurement.n,
    lower: known.lower ?? measurement.lower,
    upper: known.upper ?? measurement.upper,
    evidence: measurement.evidence,
  };
}
