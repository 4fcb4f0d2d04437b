import { NotFoundError } from '@backstage/errors';
import {
  LineageGraph,
  LineageImpact,
  LineageNode,
} from '@modelport/plugin-modelport-common';

/** Says which of some entities of the catalog the caller may read there. */
export type ReadableEntities = (entityRefs: string[]) => Promise<Set<string>>;

/** A graph without the entities that use models and that the caller may not read in the catalog. */
export async function graphWithReadableConsumers(
  graph: LineageGraph,
  readable: ReadableEntities,
): Promise<LineageGraph> {
  const isHidden = await hiddenAmong(graph.nodes, readable);
  const nodes = graph.nodes.filter(node => !isHidden(node));
  if (nodes.length === graph.nodes.length) {
    return graph;
  }
  const ids = new Set(nodes.map(({ id }) => id));
  return {
    nodes,
    edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    truncated: true,
  };
}

/**
 * The same of what is affected.
 *
 * @throws `NotFoundError` where the node itself is such an entity.
 */
export async function impactWithReadableConsumers(
  impact: LineageImpact,
  readable: ReadableEntities,
): Promise<LineageImpact> {
  const isHidden = await hiddenAmong([impact.node, ...impact.items], readable);
  if (isHidden(impact.node)) {
    throw new NotFoundError(
      `There is no node "${impact.node.id.slice(0, 200)}"`,
    );
  }
  const items = impact.items.filter(node => !isHidden(node));
  return items.length === impact.items.length
    ? impact
    : { ...impact, items, truncated: true };
}

async function hiddenAmong(
  nodes: LineageNode[],
  readable: ReadableEntities,
): Promise<(node: LineageNode) => boolean> {
  const refs = new Set(
    nodes.flatMap(({ kind, entityRef }) =>
      kind === 'consumer' ? entityRef ?? [] : [],
    ),
  );
  const known = refs.size > 0 ? await readable([...refs]) : refs;
  return ({ kind, entityRef }) =>
    kind === 'consumer' && (entityRef === null || !known.has(entityRef));
}
