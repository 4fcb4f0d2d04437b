import { useEffect, useState } from 'react';
import { Layout, LayoutEdge } from './layeredLayout';
import { layOut } from './layOut';

interface Made {
  /** What it was made of. */
  ids: string[];
  edges: LayoutEdge[];
  /** Undefined where it could not be made in time. */
  layout: Layout | undefined;
}

/**
 * Where nodes and edges are drawn: `pending` until the worker has them, `failed` where it takes too long or can't be started.
 *
 * @param ids - the same array until the graph changes, as `edges`.
 */
export function useLayout(
  ids: string[],
  edges: LayoutEdge[],
): Layout | 'pending' | 'failed' {
  const [made, setMade] = useState<Made>();
  useEffect(() => {
    const wanted = new AbortController();
    layOut({ ids, edges }, wanted.signal).then(
      layout => setMade({ ids, edges, layout }),
      () => wanted.signal.aborted || setMade({ ids, edges, layout: undefined }),
    );
    return () => wanted.abort();
  }, [ids, edges]);
  if (made?.ids !== ids || made.edges !== edges) {
    return 'pending';
  }
  return made.layout ?? 'failed';
}
