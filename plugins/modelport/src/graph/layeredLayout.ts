import { columnsOf } from './columnsOf';
import { orderAndSpread } from './orderAndSpread';
import { BOX_HEIGHT, BOX_WIDTH, COLUMN } from './sizes';

/** An edge of a graph to lay out, by the ids of its nodes. */
export interface LayoutEdge {
  from: string;
  to: string;
}

/** An edge to draw. */
export interface DrawnEdge extends LayoutEdge {
  dashed: boolean;
}

/** A spot in pixels, from the left and the top. */
export interface Point {
  x: number;
  y: number;
}

/** Where everything is drawn. */
export interface Layout {
  /** The left upper corner of each node's box. */
  places: Map<string, Point>;
  /**
   * For each edge, in the order in which they were given, the points that it leads through, from the right side of one box
   * to the left side of another; none where one of the two is missing. See `routePath`.
   */
  routes: Point[][];
}

/** What stands in a column: a box, or a line that passes. */
export interface Item {
  column: number;
  isBox: boolean;
}

/** Two items of which one leads to the other, in columns beside each other. */
export type Link = [number, number];

/** Nobody could follow more, and a browser would run out of memory. */
const MOST_LINES = 200_000;

/**
 * Lays a graph out in columns from left to right. An edge that passes a column has a place of its own there, so that none
 * runs behind a box: between the boxes of a column it is level, and it changes its height only between two columns. Edges
 * from the same node share that place as long as they go the same way, as edges to the same node do where those are more.
 *
 * @throws an error where so many edges pass so many columns that nobody could read the picture.
 */
export function layeredLayout(ids: string[], edges: LayoutEdge[]): Layout {
  const boxes = new Map(ids.map((id, index) => [id, index]));
  const drawn = edges.filter(
    ({ from, to }) => boxes.has(from) && boxes.has(to) && from !== to,
  );
  const { columnOf, isForward } = columnsOf(ids, drawn);
  const columnAt = (id: string) => columnOf.get(id) ?? 0;
  const items: Item[] = ids.map(id => ({ column: columnAt(id), isBox: true }));
  const links: Link[] = [];
  const lines = new Map<string, number>();
  const line = (key: string, column: number) => {
    const known = lines.get(key);
    if (known !== undefined) {
      return known;
    }
    if (lines.size >= MOST_LINES) {
      throw new Error('Too many edges pass too many columns');
    }
    lines.set(key, items.length);
    return items.push({ column, isBox: false }) - 1;
  };
  const sharedBy = bundles(drawn);
  const passed = edges.map(edge => {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    if (from === undefined || to === undefined || from === to) {
      return undefined;
    }
    const forward = isForward(edge);
    const [start, end] = [columnAt(edge.from), columnAt(edge.to)];
    const bundle = sharedBy(edge);
    const chain: number[] = [];
    // A line that leads back passes the columns of both boxes as well.
    for (
      let column = forward ? start + 1 : start;
      forward ? column < end : column >= end;
      column += forward ? 1 : -1
    ) {
      chain.push(line(`${forward}/${column}/${bundle}`, column));
    }
    const linked = forward ? [from, ...chain, to] : chain;
    for (let step = 1; step < linked.length; step++) {
      const link: Link = [linked[step - 1], linked[step]];
      links.push(forward ? link : [link[1], link[0]]);
    }
    return { from, to, chain, forward };
  });
  const middles = orderAndSpread(items, links);
  const left = (item: number) => items[item].column * COLUMN;
  const routes = passed.map(edge => {
    if (!edge) {
      return [];
    }
    const points: Point[] = [
      { x: left(edge.from) + BOX_WIDTH, y: middles[edge.from] },
    ];
    for (const item of edge.chain) {
      const sides = [left(item), left(item) + BOX_WIDTH];
      for (const x of edge.forward ? sides : sides.reverse()) {
        points.push({ x, y: middles[item] });
      }
    }
    points.push({ x: left(edge.to), y: middles[edge.to] });
    return points;
  });
  const places = new Map(
    ids.map((id, item) => [
      id,
      { x: left(item), y: middles[item] - BOX_HEIGHT / 2 },
    ]),
  );
  return { places, routes };
}

/** With which others an edge shares its way: those from its start, or those to its end where they are more. */
function bundles(edges: LayoutEdge[]): (edge: LayoutEdge) => string {
  const starts = new Map<string, number>();
  const ends = new Map<string, number>();
  for (const { from, to } of edges) {
    starts.set(from, (starts.get(from) ?? 0) + 1);
    ends.set(to, (ends.get(to) ?? 0) + 1);
  }
  return ({ from, to }) =>
    (ends.get(to) ?? 0) > (starts.get(from) ?? 0) ? `to ${to}` : `from ${from}`;
}
