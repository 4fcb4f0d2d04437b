import { Point } from './layeredLayout';
import { COLUMN_GAP } from './sizes';

/** How far a line that turns back reaches into the room between columns; the curve itself stays within 3/4 of it. */
const TURN = COLUMN_GAP * 0.8;

/** The line through the points of a route, as SVG draws it: level within columns, curved between them. */
export function routePath(points: Point[]): string {
  const [start] = points;
  if (!start) {
    return '';
  }
  const steps = points.slice(1).map((to, index) => {
    const from = points[index];
    if (from.y === to.y) {
      return `L${to.x},${to.y}`;
    }
    const [first, second] = bends(from, to, index === 0);
    return `C${first},${from.y} ${second},${to.y} ${to.x},${to.y}`;
  });
  return [`M${start.x},${start.y}`, ...steps].join(' ');
}

/** Where a curve is drawn to: half way, or out of the columns where it turns back. */
function bends(from: Point, to: Point, isFirst: boolean): [number, number] {
  if (from.x === to.x) {
    const out = from.x + (isFirst ? TURN : -TURN);
    return [out, out];
  }
  const middle = (from.x + to.x) / 2;
  return [middle, middle];
}
