import { LayoutEdge, Point } from './layeredLayout';

/** The keys that lead from a box to another. */
export const STEP_KEYS = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
] as const;

/**
 * The box that an arrow key leads to: along an edge to what a box is made of or leads to, the nearest by height, or up
 * and down to the next in its column. Undefined where there is none, or where the key is no arrow.
 */
export function stepTo(
  from: string,
  key: string,
  graph: { edges: LayoutEdge[]; places: Map<string, Point> },
): string | undefined {
  const here = graph.places.get(from);
  const step = STEP_KEYS.find(one => one === key);
  if (!here || !step) {
    return undefined;
  }
  const heightTo = (id: string) => (graph.places.get(id)?.y ?? 0) - here.y;
  const nearest = (ids: string[]) =>
    ids.reduce<string | undefined>(
      (best, id) =>
        best === undefined || Math.abs(heightTo(id)) < Math.abs(heightTo(best))
          ? id
          : best,
      undefined,
    );
  switch (step) {
    case 'ArrowLeft':
      return nearest(
        graph.edges.filter(({ to }) => to === from).map(edge => edge.from),
      );
    case 'ArrowRight':
      return nearest(
        graph.edges.filter(edge => edge.from === from).map(({ to }) => to),
      );
    default: {
      const column = [...graph.places]
        .filter(([id, { x }]) => x === here.x && id !== from)
        .map(([id]) => id);
      return nearest(
        column.filter(id =>
          step === 'ArrowUp' ? heightTo(id) < 0 : heightTo(id) > 0,
        ),
      );
    }
  }
}
