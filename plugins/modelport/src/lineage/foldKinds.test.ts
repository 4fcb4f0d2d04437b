import { LineageGraph, LineageKind } from '@modelport/plugin-modelport-common';
import { foldKinds } from './foldKinds';

function graphOf(
  nodes: Array<[string, LineageKind]>,
  edges: string[],
): LineageGraph {
  return {
    nodes: nodes.map(([id, kind]) => ({
      id,
      kind,
      name: id,
      version: null,
      entityRef: null,
      failed: false,
    })),
    edges: edges.map(pair => ({ from: pair[0], to: pair[1], kind: 'input' })),
    truncated: false,
  };
}

describe('foldKinds', () => {
  const graph = graphOf(
    [
      ['a', 'dataset'],
      ['b', 'feature'],
      ['c', 'feature'],
      ['d', 'dataset'],
    ],
    ['ab', 'ac', 'bc', 'bd', 'cd', 'ab'],
  );

  it('draws all of a kind as one, with each edge once', () => {
    const { nodes, edges } = foldKinds(graph, ['feature']);
    expect(nodes.map(node => node.nodes.length)).toEqual([1, 2, 1]);
    expect(edges).toEqual([
      { from: 'a', to: 'all of feature', dashed: false },
      { from: 'all of feature', to: 'd', dashed: false },
    ]);
  });

  it('dashes what leads from data that was only evaluated on, and nothing else', () => {
    const pairs = [
      ['a', 'd', 'evaluated'],
      ['b', 'd', 'evaluated'],
      ['c', 'd', 'input'],
      ['d', 'b', 'input'],
      ['d', 'b', 'evaluated'],
    ];
    const edges = pairs.map(([from, to, kind]) => ({ from, to, kind }));
    const dashed = (folded: LineageKind[]) =>
      foldKinds({ ...graph, edges }, folded)
        .edges.filter(edge => edge.dashed)
        .map(({ from, to }) => `${from} to ${to}`);
    expect(dashed([])).toEqual(['a to d', 'b to d']);
    expect(dashed(['feature'])).toEqual(['a to d']);
  });

  it('leaves what is the only one of its kind', () => {
    const { nodes } = foldKinds(graphOf([['a', 'dataset']], []), ['dataset']);
    expect(nodes).toEqual([
      expect.objectContaining({ id: 'a', folded: false }),
    ]);
  });

  it('leaves the others as they are', () => {
    const { nodes, edges } = foldKinds(graph, []);
    expect(nodes).toHaveLength(4);
    expect(edges).toHaveLength(5);
  });
});
