import { StoredEdge, StoredNode } from './LineageGraphStore';
import { stepsFrom } from './stepsFrom';

/** Kinds whose names tell of the model that they made. */
const TELLING = ['run', 'job', 'code'];

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
  behind: Array<{ key: string; source: string; name: string }>;
  mayRead: (model: { source: string; name: string }) => boolean;
}): StoredNode[] {
  const { nodes, edges, roots, behind, mayRead } = options;
  const madeHidden = new Set<string>();
  const madeReadable = new Set<string>();
  for (const model of behind) {
    (mayRead(model) ? madeReadable : madeHidden).add(model.key);
  }
  const readable = nodes.filter(
    ({ key, kind, model }) =>
      (!model || mayRead(model)) &&
      !(
        TELLING.includes(kind) &&
        madeHidden.has(key) &&
        !madeReadable.has(key)
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
