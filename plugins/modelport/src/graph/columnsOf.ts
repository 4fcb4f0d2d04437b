import { LayoutEdge } from './layeredLayout';

/** The column of each node, and which edges lead rightwards; the others close a circle. */
export interface Columns {
  columnOf: Map<string, number>;
  isForward: (edge: LayoutEdge) => boolean;
}

/**
 * Puts every node right of all that leads to it, circles cut where they close, and what leads to more than leads to it as
 * near to that as it can be: edges are short then.
 */
export function columnsOf(ids: string[], edges: LayoutEdge[]): Columns {
  const forward = withoutCircles(ids, edges);
  const next = neighbours(forward, ({ from, to }) => [from, to]);
  const before = neighbours(forward, ({ from, to }) => [to, from]);
  const open = new Map(ids.map(id => [id, before.get(id)?.length ?? 0]));
  const columnOf = new Map<string, number>();
  const ready = ids.filter(id => open.get(id) === 0);
  ready.forEach(id => columnOf.set(id, 0));
  // An array gives what is added while it is walked.
  for (const id of ready) {
    for (const to of next.get(id) ?? []) {
      columnOf.set(
        to,
        Math.max(columnOf.get(to) ?? 0, (columnOf.get(id) ?? 0) + 1),
      );
      const left = (open.get(to) ?? 0) - 1;
      open.set(to, left);
      if (left === 0) {
        ready.push(to);
      }
    }
  }
  for (const id of ready.reverse()) {
    const after = next.get(id) ?? [];
    if (after.length > (before.get(id)?.length ?? 0)) {
      let nearest = Infinity;
      for (const to of after) {
        nearest = Math.min(nearest, columnOf.get(to) ?? 0);
      }
      columnOf.set(id, nearest - 1);
    }
  }
  return {
    columnOf,
    isForward: ({ from, to }) =>
      (columnOf.get(from) ?? 0) < (columnOf.get(to) ?? 0),
  };
}

function neighbours(
  edges: LayoutEdge[],
  step: (edge: LayoutEdge) => [string, string],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const edge of edges) {
    const [here, there] = step(edge);
    const list = found.get(here);
    if (list) {
      list.push(there);
    } else {
      found.set(here, [there]);
    }
  }
  return found;
}

/** Leaves out the edges that close a circle, by a walk that keeps its own stack: graphs may be deep. */
function withoutCircles(ids: string[], edges: LayoutEdge[]): LayoutEdge[] {
  const next = neighbours(edges, ({ from, to }) => [from, to]);
  const state = new Map<string, 'open' | 'done'>();
  const kept: LayoutEdge[] = [];
  for (const root of ids) {
    if (state.has(root)) {
      continue;
    }
    const stack = [{ id: root, at: 0 }];
    state.set(root, 'open');
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const to = next.get(top.id)?.[top.at];
      top.at += 1;
      if (to === undefined) {
        state.set(top.id, 'done');
        stack.pop();
      } else if (state.get(to) !== 'open') {
        kept.push({ from: top.id, to });
        if (!state.has(to)) {
          state.set(to, 'open');
          stack.push({ id: to, at: 0 });
        }
      }
    }
  }
  return kept;
}
