import { useEffect, useState } from 'react';
import { LayoutEdge, Place } from './layeredLayout';
import { layOut } from './layOut';

interface Layout {
  /** What it was made of. */
  ids: string[];
  edges: LayoutEdge[];
  /** Undefined where it could not be made in time. */
  places: Map<string, Place> | undefined;
}

/**
 * The places of nodes: `pending` until the worker has them, `failed` where it takes too long or can't be started.
 *
 * @param ids - the same array until the graph changes, as `edges`.
 */
export function useLayout(
  ids: string[],
  edges: LayoutEdge[],
): Map<string, Place> | 'pending' | 'failed' {
  const [layout, setLayout] = useState<Layout>();
  useEffect(() => {
    const wanted = new AbortController();
    layOut({ ids, edges }, wanted.signal).then(
      places => setLayout({ ids, edges, places }),
      () =>
        wanted.signal.aborted || setLayout({ ids, edges, places: undefined }),
    );
    return () => wanted.abort();
  }, [ids, edges]);
  if (layout?.ids !== ids || layout.edges !== edges) {
    return 'pending';
  }
  return layout.places ?? 'failed';
}
