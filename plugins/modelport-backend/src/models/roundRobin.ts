/** The first item of every group, then the second of every group, and so on. */
export function roundRobin<T>(items: T[], groupOf: (item: T) => unknown): T[] {
  const sizes = new Map<unknown, number>();
  const rounds: T[][] = [];
  for (const item of items) {
    const group = groupOf(item);
    const round = sizes.get(group) ?? 0;
    sizes.set(group, round + 1);
    (rounds[round] ??= []).push(item);
  }
  return rounds.flat();
}
