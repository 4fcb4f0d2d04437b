import { LayoutEdge, layeredLayout } from './layeredLayout';
import { BOX_HEIGHT, COLUMN } from './sizes';
import lineages from './__fixtures__/lineages.json';
import { linesBehindBoxes } from './__testUtils__/linesBehindBoxes';

const edgesOf = (pairs: string[]) =>
  pairs.map(pair => ({ from: pair[0], to: pair[1] }));

const columnsOf = (ids: string[], pairs: string[]) =>
  Object.fromEntries(
    [...layeredLayout(ids, edgesOf(pairs)).places].map(([id, { x }]) => [
      id,
      x / COLUMN,
    ]),
  );

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

function randomGraph(options: {
  seed: number;
  nodes: number;
  edges: number;
  circles: boolean;
}): { ids: string[]; edges: LayoutEdge[] } {
  const next = numbers(options.seed);
  const ids = Array.from({ length: options.nodes }, (_, index) => `n${index}`);
  const edges = new Map<string, LayoutEdge>();
  while (edges.size < options.edges) {
    const [a, b] = [next(ids.length), next(ids.length)];
    if (a !== b) {
      const [from, to] = options.circles || a < b ? [a, b] : [b, a];
      edges.set(`${from} ${to}`, { from: ids[from], to: ids[to] });
    }
  }
  return { ids, edges: [...edges.values()] };
}

describe('layeredLayout', () => {
  it('puts a node right of all that leads to it', () => {
    expect(columnsOf(['d', 'a', 'b', 'c'], ['ab', 'bc', 'ac', 'cd'])).toEqual({
      a: 0,
      b: 1,
      c: 2,
      d: 3,
    });
  });

  it('puts what nothing leads to near to what it leads to', () => {
    expect(columnsOf(['a', 'b', 'c', 'd'], ['ab', 'bc', 'dc'])).toEqual({
      a: 0,
      b: 1,
      c: 2,
      d: 1,
    });
  });

  it('cuts circles, and leaves out edges to nowhere', () => {
    const ids = ['a', 'b', 'c'];
    const pairs = ['ab', 'bc', 'ca', 'aa', 'ax'];
    expect(columnsOf(ids, pairs)).toEqual({ a: 0, b: 1, c: 2 });
    const { routes } = layeredLayout(ids, edgesOf(pairs));
    expect(routes.map(points => points.length)).toEqual([2, 2, 8, 0, 0]);
  });

  it('puts neighbours into near rows, and no two nodes over each other', () => {
    const { places } = layeredLayout(
      ['a', 'b', 'x', 'y'],
      edgesOf(['ay', 'bx']),
    );
    expect(places.get('a')?.y).toBe(places.get('y')?.y);
    expect(places.get('b')?.y).toBe(places.get('x')?.y);
    const [a, b] = [places.get('a')?.y ?? 0, places.get('b')?.y ?? 0];
    expect(Math.abs(a - b)).toBeGreaterThan(BOX_HEIGHT);
  });

  it('leads an edge past the boxes of the columns that it passes', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const layout = layeredLayout(ids, edgesOf(['ab', 'bc', 'cd', 'ad', 'da']));
    expect(linesBehindBoxes(layout)).toEqual([]);
    const [passing, back] = layout.routes.slice(3);
    expect(passing).toHaveLength(6);
    expect(back).toHaveLength(10);
  });

  it.each([
    { seed: 1, nodes: 200, edges: 260, circles: false },
    { seed: 2, nodes: 200, edges: 600, circles: false },
    { seed: 3, nodes: 200, edges: 400, circles: true },
    { seed: 4, nodes: 30, edges: 200, circles: true },
  ])(
    'draws no edge behind a box: $nodes nodes, $edges edges, circles $circles',
    options => {
      const { ids, edges } = randomGraph(options);
      const layout = layeredLayout(ids, edges);
      expect(layout.places.size).toBe(options.nodes);
      expect(layout.routes.every(points => points.length >= 2)).toBe(true);
      expect(linesBehindBoxes(layout)).toEqual([]);
      expect(boxesOverEachOther([...layout.places.values()])).toBe(0);
    },
  );

  it.each(Object.entries(lineages.graphs))(
    'draws no edge behind a box: the lineage of %s',
    (_, { ids, edges }) => {
      const layout = layeredLayout(ids, edges);
      expect(layout.places.size).toBe(ids.length);
      expect(layout.routes.every(points => points.length >= 2)).toBe(true);
      expect(linesBehindBoxes(layout)).toEqual([]);
      expect(boxesOverEachOther([...layout.places.values()])).toBe(0);
    },
  );

  it('gives up where edges would pass hundreds of thousands of columns', () => {
    const ids = Array.from({ length: 1500 }, (_, index) => `${index}`);
    const edges = [1, 500].flatMap(step =>
      ids.slice(step).map((to, index) => ({ from: ids[index], to })),
    );
    expect(() => layeredLayout(ids, edges)).toThrow('Too many edges');
  });

  it('takes a chain of thousands', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `${index}`);
    const { places } = layeredLayout(
      ids,
      ids.slice(1).map((to, index) => ({ from: ids[index], to })),
    );
    expect(places.get('4999')).toEqual({ x: 4999 * COLUMN, y: 0 });
  });
});

function boxesOverEachOther(places: Array<{ x: number; y: number }>): number {
  const sorted = [...places].sort((a, b) => a.x - b.x || a.y - b.y);
  return sorted.filter(
    ({ x, y }, index) =>
      sorted[index - 1]?.x === x && y - sorted[index - 1].y < BOX_HEIGHT + 1,
  ).length;
}
