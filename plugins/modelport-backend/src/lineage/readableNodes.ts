import { ModelBehind, StoredEdge, StoredNode } from './LineageGraphStore';
import { stepsFrom } from './stepsFrom';

/** Whether the name of a node tells of the model that it made. */
export function isTelling({ kind }: StoredNode): boolean {
  return kind === 'run' || kind === 'job' || kind === 'code';
}

/**
 * Leaves out of a part of the graph what belongs to models that the caller may not read: their versions and deployments,
 * the runs, jobs and code that made nothing else, and what is reached through those alone.
 *
 * @param options - `behind` are the models that nodes made, also those outside of this part.
 */
export function readableNodes(options: {
  nodes: StoredNode[];
  edges: StoredEdge[];
  roots: string[];
  behind: ModelBehind[];
  mayRead: (model: { source: string; name: string }) => boolean;
}): StoredNode[] {
  const { nodes, edges, roots, behind, mayRead } = options;
  const madeHidden = new Set<string>();
  const madeReadable = new Set<string>();
  for (const { key, model } of behind) {
    (model && mayRead(model) ? madeReadable : madeHidden).add(key);
  }
  const readable = nodes.filter(
    node =>
      (!node.model || mayRead(node.model)) &&
      !(
        isTelling(node) &&
        madeHidden.has(node.key) &&
        !madeReadable.has(node.key)
      ),
  );
  if (readable.length === nodes.length) {
    return nodes;
  }
  const keys = readable.map(node => node.key);
  const reached = [
    stepsFrom(roots, edges, { direction: 'down', keys }),
    stepsFrom(roots, edges, { direction: 'up', keys }),
  ];
  return readable.filter(node => reached.some(steps => steps.has(node.key)));
}
