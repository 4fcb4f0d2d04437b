import { isPValue } from './isPValue';
import { PointRow, SeriesRow } from './PointRow';

/**
 * Breaches that chance explains where many features are tested at once: p-values of one tool in one window that do not
 * survive Holm's correction at their threshold.
 *
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function chanceBreaches(
  series: SeriesRow[],
  points: PointRow[],
): Set<PointRow> {
  const tested = new Map(
    series
      .filter(
        one =>
          one.kind === 'drift' &&
          one.direction === 'below' &&
          isPValue(one.statistic) &&
          one.feature !== null,
      )
      .map(one => [one.id, one]),
  );
  const families = new Map<string, PointRow[]>();
  for (const point of points) {
    const one = tested.get(point.seriesId);
    if (one && typeof point.value === 'number' && point.threshold !== null) {
      const key = JSON.stringify([
        one.tool,
        point.start,
        point.end,
        point.isReference,
      ]);
      const family = families.get(key);
      if (family) {
        family.push(point);
      } else {
        families.set(key, [point]);
      }
    }
  }
  const chance = new Set<PointRow>();
  for (const family of families.values()) {
    let survives = true;
    family
      .sort((a, b) => Number(a.value) - Number(b.value))
      .forEach((point, rank) => {
        const limit = Number(point.threshold) / (family.length - rank);
        survives &&= Number(point.value) < limit;
        if (!survives) {
          chance.add(point);
        }
      });
  }
  return chance;
}
