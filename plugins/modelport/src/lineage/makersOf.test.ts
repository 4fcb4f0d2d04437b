import { LineageGraph } from '@modelport/plugin-modelport-common';
import { makersOf } from './makersOf';

const node = (id: string) => ({
  id,
  kind: 'run' as const,
  name: id,
  version: null,
  entityRef: null,
  failed: false,
});
const edge = (from: string, to: string) => ({ from, to, kind: 'made' });
const GRAPH: LineageGraph = {
  nodes: ['data', 'run', 'version', 'production', 'other'].map(node),
  edges: [
    edge('version', 'production'),
    edge('data', 'run'),
    edge('run', 'version'),
    edge('data', 'version'),
    edge('version', 'other'),
  ],
  truncated: false,
};

describe('makersOf', () => {
  it('names what a node was made from, the nearest first', () => {
    expect(makersOf(GRAPH, 'production').map(({ id }) => id)).toEqual([
      'version',
      'run',
      'data',
    ]);
    expect(makersOf(GRAPH, 'data')).toEqual([]);
    expect(makersOf(GRAPH, 'gone')).toEqual([]);
  });

  it('comes to an end where nodes made each other', () => {
    const edges = [...GRAPH.edges, edge('production', 'data')];
    expect(
      makersOf({ ...GRAPH, edges }, 'production').map(({ id }) => id),
    ).toEqual(['version', 'run', 'data']);
  });
});
