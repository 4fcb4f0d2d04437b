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
  const upstream = walkOver(graph.edges, 'upstream');
  const makers = upstream(ids, makingAmong(graph.edges));
  const all = upstream(ids, () => true);
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  const nodesOf = (found: Iterable<string>, without: (id: string) => boolean) =>
    [...found].flatMap(id => (without(id) ? [] : nodes.get(id) ?? []));
  return {
    makers: nodesOf(makers, id => ids.includes(id)),
    evaluated: nodesOf(all, id => makers.has(id)),
  };
}

/**
 * What stands downstream of some nodes for nothing but that it, or what made it, was evaluated on them or on what came of
 * them: if they change, it stays what it is, and what was measured of it holds no more.
 *
 * @returns ids.
 * @public
 */
export function onlyEvaluatedOn(
  edges: LineageEdge[],
  ids: string[],
): Set<string> {
  const downstream = walkOver(edges, 'downstream');
  const made = downstream(ids, makingAmong(edges));
  const all = downstream(ids, () => true);
  return new Set([...all].filter(id => !made.has(id)));
}

type Follows = (edge: LineageEdge) => boolean;

/** Gives what is reached from some nodes in one direction, themselves included, the nearest first. */
function walkOver(
  edges: LineageEdge[],
  direction: 'upstream' | 'downstream',
): (from: string[], follows: Follows) => Set<string> {
  const [here, there] =
    direction === 'upstream'
      ? (['to', 'from'] as const)
      : (['from', 'to'] as const);
  const next = new Map<string, LineageEdge[]>();
  for (const edge of edges) {
    const known = next.get(edge[here]);
    if (known) {
      known.push(edge);
    } else {
      next.set(edge[here], [edge]);
    }
  }
  return (from, follows) => {
    // A set also gives what is added to it while it is walked; what is in it already is not added again.
    const found = new Set(from);
    found.forEach(id =>
      next
        .get(id)
        ?.filter(follows)
        .forEach(edge => found.add(edge[there])),
    );
    return found;
  };
}

/** Tells edges from what made something to it from those to what was only evaluated. */
function makingAmong(edges: LineageEdge[]): Follows {
  const upstream = walkOver(edges, 'upstream');
  const onlyRead = new Set<string>();
  for (const { from, to, kind } of edges) {
    if (kind === EVALUATED) {
      const names = upstream([from], edge => OTHER_NAMES.includes(edge.kind));
      const runs = upstream([to], edge => edge.kind === 'same');
      names.forEach(name => runs.forEach(run => onlyRead.add(pair(name, run))));
    }
  }
  return ({ from, to, kind }) =>
    kind !== EVALUATED && !(kind === 'input' && onlyRead.has(pair(from, to)));
}

function pair(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
