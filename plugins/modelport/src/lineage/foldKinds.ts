import {
  EVALUATED,
  LineageGraph,
  LineageKind,
  LineageNode,
} from '@modelport/plugin-modelport-common';
import { DrawnEdge } from '../graph/layeredLayout';

/** A node that is drawn: one of the graph, or all of a kind in one. */
export interface ShownNode {
  id: string;
  kind: LineageKind;
  /** The nodes that it stands for. */
  nodes: LineageNode[];
  /** Whether it stands for all of its kind. */
  folded: boolean;
}

/**
 * Draws all nodes of some kinds as one, where there are several; each edge once, and none from a node to itself. Dashed is
 * what leads from data that was only evaluated on.
 */
export function foldKinds(
  graph: LineageGraph,
  folded: LineageKind[],
): { nodes: ShownNode[]; edges: DrawnEdge[] } {
  const shown = new Map<string, ShownNode>();
  const many = folded.filter(
    kind => graph.nodes.filter(node => node.kind === kind).length > 1,
  );
  const shownId = new Map<string, string>();
  for (const node of graph.nodes) {
    const isFolded = many.includes(node.kind);
    const id = isFolded ? `all of ${node.kind}` : node.id;
    shownId.set(node.id, id);
    const before = shown.get(id);
    if (before) {
      before.nodes.push(node);
    } else {
      shown.set(id, { id, kind: node.kind, nodes: [node], folded: isFolded });
    }
  }
  const edges = new Map<string, DrawnEdge>();
  for (const edge of graph.edges) {
    const from = shownId.get(edge.from);
    const to = shownId.get(edge.to);
    if (from !== undefined && to !== undefined && from !== to) {
      const key = JSON.stringify([from, to]);
      const dashed =
        edge.kind === EVALUATED && (edges.get(key)?.dashed ?? true);
      edges.set(key, { from, to, dashed });
    }
  }
  return { nodes: [...shown.values()], edges: [...edges.values()] };
}
