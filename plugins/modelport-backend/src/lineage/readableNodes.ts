import { StoredEdge, StoredNode } from './LineageGraphStore';

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
  const keys = new Set(readable.map(node => node.key));
  const inner = edges.filter(edge => keys.has(edge.from) && keys.has(edge.to));
  const starts = roots.filter(root => keys.has(root));
  const reached = new Set([
    ...reach(
      starts,
      inner.map(({ from, to }) => [from, to]),
    ),
    ...reach(
      starts,
      inner.map(({ from, to }) => [to, from]),
    ),
  ]);
  return readable.filter(node => reached.has(node.key));
}

function reach(
  roots: string[],
  steps: Array<readonly [string, string]>,
): Set<string> {
  const next = new Map<string, string[]>();
  for (const [from, to] of steps) {
    const list = next.get(from);
    if (list) {
      list.push(to);
    } else {
      next.set(from, [to]);
    }
  }
  const reached = new Set(roots);
  // A set gives what is added while it is walked, and each once.
  for (const key of reached) {
    next.get(key)?.forEach(other => reached.add(other));
  }
  return reached;
}
