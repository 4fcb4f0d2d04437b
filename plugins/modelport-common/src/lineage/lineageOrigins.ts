import { LineageEdge, LineageGraph, LineageNode } from '../schema/openapi';

/**
 * The kind of an edge from data that a version was only evaluated on.
 *
 * @public
 */
export const EVALUATED = 'evaluated';

/** Edges to a thing from another name of it, its place, or itself without a version. */
const OTHER_NAMES = ['same', 'location', 'version'];

/**
 * What stands upstream of some nodes.
 *
 * @public
 */
export interface LineageOrigins {
  /** What they were made from, over any number of steps, the nearest first. */
  makers: LineageNode[];
  /** What they, or what made them, were only evaluated on, and where that comes from. */
  evaluated: LineageNode[];
}

/**
 * Tells what made some nodes from what they were only evaluated on. Where a registry says that a run evaluated on some
 * data and events only that it read them, by whatever name, the registry counts.
 *
 * @param ids - of the nodes; they themselves are no origin.
 * @public
 */
export function lineageOrigins(
  graph: Pick<LineageGraph, 'nodes' | 'edges'>,
  ids: string[],
): LineageOrigins {
  const before = new Map<string, LineageEdge[]>();
  for (const edge of graph.edges) {
    const known = before.get(edge.to);
    if (known) {
      known.push(edge);
    } else {
      before.set(edge.to, [edge]);
    }
  }
  const upstream = (
    from: string[],
    follows: (edge: LineageEdge) => boolean,
  ) => {
    // A set also gives what is added to it while it is walked; what is in it already is not added again.
    const found = new Set(from);
    found.forEach(id =>
      before
        .get(id)
        ?.filter(follows)
        .forEach(edge => found.add(edge.from)),
    );
    return found;
  };
  const onlyRead = new Set<string>();
  for (const { from, to, kind } of graph.edges) {
    if (kind === EVALUATED) {
      const names = upstream([from], edge => OTHER_NAMES.includes(edge.kind));
      const runs = upstream([to], edge => edge.kind === 'same');
      names.forEach(name => runs.forEach(run => onlyRead.add(pair(name, run))));
    }
  }
  const makers = upstream(
    ids,
    ({ from, to, kind }) =>
      kind !== EVALUATED && !(kind === 'input' && onlyRead.has(pair(from, to))),
  );
  const all = upstream(ids, () => true);
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  const nodesOf = (found: Iterable<string>, without: (id: string) => boolean) =>
    [...found].flatMap(id => (without(id) ? [] : nodes.get(id) ?? []));
  return {
    makers: nodesOf(makers, id => ids.includes(id)),
    evaluated: nodesOf(all, id => makers.has(id)),
  };
}

function pair(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
