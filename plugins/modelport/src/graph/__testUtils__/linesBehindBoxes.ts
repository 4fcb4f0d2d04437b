import { Layout, Point } from '../layeredLayout';
import { routePath } from '../routePath';
import { BOX_HEIGHT, BOX_WIDTH } from '../sizes';

/** Points on a drawn line that are looked at between two of its corners. */
const LOOKS = 40;

/** Ids of boxes that a drawn line runs behind: each point of the line itself is looked at, as SVG draws it. */
export function linesBehindBoxes({ places, routes }: Layout): string[] {
  const found = new Set<string>();
  for (const route of routes) {
    for (const point of pointsOf(routePath(route))) {
      for (const [id, { x, y }] of places) {
        if (
          point.x > x &&
          point.x < x + BOX_WIDTH &&
          point.y > y &&
          point.y < y + BOX_HEIGHT
        ) {
          found.add(id);
        }
      }
    }
  }
  return [...found];
}

/** Points of a path of `M`, `L` and `C`. */
function pointsOf(path: string): Point[] {
  const points: Point[] = [];
  for (const [, numbers] of path.matchAll(/[MLC]([^MLC]+)/g)) {
    const corners = numbers
      .trim()
      .split(' ')
      .map((pair): Point => {
        const [x, y] = pair.split(',').map(Number);
        return { x, y };
      });
    const from = points.at(-1) ?? corners[0];
    for (let look = 1; look <= LOOKS; look++) {
      points.push(along([from, ...corners], look / LOOKS));
    }
  }
  return points;
}

/** De Casteljau's construction: the point of a curve at a share of its way. */
function along(corners: Point[], share: number): Point {
  if (corners.length === 1) {
    return corners[0];
  }
  return along(
    corners.slice(1).map((corner, index) => ({
      x: corners[index].x + (corner.x - corners[index].x) * share,
      y: corners[index].y + (corner.y - corners[index].y) * share,
    })),
    share,
  );
}
