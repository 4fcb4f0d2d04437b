/**
 * Positions as near as can be to those wanted, by the sum of squares, in the given order and with at least the given
 * distances between neighbours. Takes time in proportion to their number.
 *
 * @param distances - from each to the next; one less than there are positions.
 */
export function spread(wanted: number[], distances: number[]): number[] {
  const offsets = [0];
  distances.forEach((distance, index) =>
    offsets.push(offsets[index] + distance),
  );
  // Neighbours that would come too near share the mean of what they want, less their offsets.
  const groups: Array<{ sum: number; count: number }> = [];
  wanted.forEach((position, index) => {
    let group = { sum: position - offsets[index], count: 1 };
    for (;;) {
      const last = groups.at(-1);
      if (!last || last.sum / last.count <= group.sum / group.count) {
        break;
      }
      groups.pop();
      group = { sum: last.sum + group.sum, count: last.count + group.count };
    }
    groups.push(group);
  });
  return groups
    .flatMap(({ sum, count }) => Array<number>(count).fill(sum / count))
    .map((position, index) => position + offsets[index]);
}
