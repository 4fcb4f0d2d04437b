/**
 * Takes at most about `limit` points that keep the shape of a line: of each stretch the lowest and the highest, in order.
 * Points that are not finite are kept out of the choice, and the first and the last are always in.
 */
export function sample<T>(
  points: ReadonlyArray<T>,
  valueOf: (point: T) => number,
  limit: number,
): ReadonlyArray<T> {
  if (points.length <= limit) {
    return points;
  }
  const chosen = new Set([0, points.length - 1]);
  const stretches = Math.max(Math.floor((limit - 2) / 2), 1);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
    let lowest: number | undefined;
    let highest: number | undefined;
    for (let index = from; index < to; index += 1) {
      const value = valueOf(points[index]);
      if (Number.isFinite(value)) {
        if (lowest === undefined || value < valueOf(points[lowest])) {
          lowest = index;
        }
        if (highest === undefined || value > valueOf(points[highest])) {
          highest = index;
        }
      }
    }
    for (const index of [lowest, highest]) {
      if (index !== undefined) {
        chosen.add(index);
      }
    }
  }
  return [...chosen].sort((a, b) => a - b).map(index => points[index]);
}
