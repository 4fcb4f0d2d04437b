/** Counts as shares of a total; of their own sum unless given. */
export function sharesOf(counts: readonly number[], total?: number): number[] {
  const all = total ?? counts.reduce((sum, count) => sum + count, 0);
  return counts.map(count => count / all);
}
