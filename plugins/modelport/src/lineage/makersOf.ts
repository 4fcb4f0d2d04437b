import { LineageGraph, LineageNode } from '@modelport/plugin-modelport-common';

/** What a node of a graph was made from, over any number of steps, the nearest first. */
export function makersOf(graph: LineageGraph, id: string): LineageNode[] {
  const from = new Map<string, string[]>();
  graph.edges.forEach(edge =>
    from.set(edge.to, [...(from.get(edge.to) ?? []), edge.from]),
  );
  // A set also gives what is added to it while it is walked; what is in it already is not added again.
  const reached = new Set([id]);
  reached.forEach(one =>
    (from.get(one) ?? []).forEach(maker => reached.add(maker)),
  );
  reached.delete(id);
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  return [...reached].flatMap(one => nodes.get(one) ?? []);
}
