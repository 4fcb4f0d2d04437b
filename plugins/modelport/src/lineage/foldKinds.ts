import {
  LineageEdge,
  LineageGraph,
  LineageKind,
  LineageNode,
} from '@modelport/plugin-modelport-common';

/** A node that is drawn: one of the graph, or all of a kind in one. */
export interface ShownNode {
  id: string;
  kind: LineageKind;
  /** The nodes that it stands for. */
  nodes: LineageNode[];
  /** Whether it stands for all of its kind. */
  folded: boolean;
}

/** Draws all nodes of some kinds as one, where there are several; each edge once, and none from a node to itself. */
export function foldKinds(
  graph: LineageGraph,
  folded: LineageKind[],
): { nodes: ShownNode[]; edges: Array<Pick<LineageEdge, 'from' | 'to'>> } {
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
  const edges = new Map<string, Pick<LineageEdge, 'from' | 'to'>>();
  for (const edge of graph.edges) {
    const from = shownId.get(edge.from);
    const to = shownId.get(edge.to);
    if (from !== undefined && to !== undefined && from !== to) {
      edges.set(JSON.stringify([from, to]), { from, to });
    }
  }
  return { nodes: [...shown.values()], edges: [...edges.values()] };
}
