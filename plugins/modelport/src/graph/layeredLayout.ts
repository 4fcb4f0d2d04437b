/** An edge of a graph to lay out, by the ids of its nodes. */
export interface LayoutEdge {
  from: string;
  to: string;
}

/** Where a node stands: its column from the left, and its row from the top. */
export interface Place {
  column: number;
  row: number;
}

/** Passes over the columns that bring neighbours near each other. */
const SWEEPS = 6;

/**
 * Lays a graph out in columns from left to right: a node stands right of all that leads to it, circles cut where they
 * close, and near the rows of its neighbours. Takes time in proportion to nodes and edges.
 */
export function layeredLayout(
  ids: string[],
  edges: LayoutEdge[],
): Map<string, Place> {
  const known = new Set(ids);
  const forward = withoutCircles(
    ids,
    edges.filter(({ from, to }) => known.has(from) && known.has(to)),
  );
  const columnOf = columns(ids, forward);
  const rows: string[][] = [];
  for (const id of ids) {
    const column = columnOf.get(id) ?? 0;
    (rows[column] ??= []).push(id);
  }
  const before = neighbours(forward, ({ from, to }) => [to, from]);
  const after = neighbours(forward, ({ from, to }) => [from, to]);
  const rowOf = new Map<string, number>();
  const number = (column: string[]) =>
    column.forEach((id, row) => rowOf.set(id, row - column.length / 2));
  rows.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const rightwards = sweep % 2 === 0;
    for (const column of rightwards ? rows : [...rows].reverse()) {
      const sides = rightwards ? before : after;
      const middle = new Map(
        column.map(id => [id, middleOf(id, sides.get(id), rowOf)]),
      );
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      number(column);
    }
  }
  const longest = Math.max(0, ...rows.map(column => column.length));
  return new Map(
    ids.map(id => [
      id,
      {
        column: columnOf.get(id) ?? 0,
        row: (rowOf.get(id) ?? 0) + longest / 2,
      },
    ]),
  );
}

function middleOf(
  id: string,
  others: string[] | undefined,
  rowOf: Map<string, number>,
): number {
  const rows = (others ?? [id]).map(other => rowOf.get(other) ?? 0);
  return rows.reduce((sum, row) => sum + row, 0) / rows.length;
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

/** The column of each node: one right of the last that leads to it. */
function columns(ids: string[], edges: LayoutEdge[]): Map<string, number> {
  const next = neighbours(edges, ({ from, to }) => [from, to]);
  const open = new Map(ids.map(id => [id, 0]));
  edges.forEach(({ to }) => open.set(to, (open.get(to) ?? 0) + 1));
  const column = new Map<string, number>();
  const ready = ids.filter(id => open.get(id) === 0);
  ready.forEach(id => column.set(id, 0));
  // An array gives what is added while it is walked.
  for (const id of ready) {
    for (const to of next.get(id) ?? []) {
      column.set(to, Math.max(column.get(to) ?? 0, (column.get(id) ?? 0) + 1));
      const left = (open.get(to) ?? 0) - 1;
      open.set(to, left);
      if (left === 0) {
        ready.push(to);
      }
    }
  }
  return column;
}
