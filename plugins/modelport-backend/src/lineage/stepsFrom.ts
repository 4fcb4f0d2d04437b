import { StoredEdge } from './LineageGraphStore';

/**
 * How many edges each node is away from the nearest of some roots, the roots first and the nearest before the others.
 * Nodes that cannot be reached are not in it.
 *
 * @param options - with `keys` only these nodes are walked through.
 */
export function stepsFrom(
  roots: string[],
  edges: StoredEdge[],
  options: { direction: 'up' | 'down'; keys: Iterable<string> },
): Map<string, number> {
  const keys = new Set(options.keys);
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const [here, there] =
      options.direction === 'down'
        ? [edge.from, edge.to]
        : [edge.to, edge.from];
    const list = next.get(here);
    if (list) {
      list.push(there);
    } else {
      next.set(here, [there]);
    }
  }
  const steps = new Map<string, number>();
  roots.filter(root => keys.has(root)).forEach(root => steps.set(root, 0));
  // A map gives what is added while it is walked, in the order of adding.
  for (const [key, distance] of steps) {
    for (const other of next.get(key) ?? []) {
      if (keys.has(other) && !steps.has(other)) {
        steps.set(other, distance + 1);
      }
    }
  }
  return steps;
}
