import { LineageGraph } from '@modelport/plugin-modelport-common';

/**
 * Whether the lineage of a version has yet to be read: once it was, the version itself is in it, even where nothing is
 * known of its origin.
 */
export function isUnread(graph: Pick<LineageGraph, 'nodes'>): boolean {
  return graph.nodes.length === 0;
}
