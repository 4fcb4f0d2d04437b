import { LineageGraph } from '../schema/openapi';
import { lineageOrigins, onlyEvaluatedOn } from './lineageOrigins';

const node = (id: string) => ({
  id,
  kind: 'run' as const,
  name: id,
  version: null,
  entityRef: null,
  failed: false,
});

/** Edges as `from kind to`. */
function graph(...edges: string[]): LineageGraph {
  const parts = edges.map(edge => edge.split(' '));
  return {
    nodes: [...new Set(parts.flatMap(([from, , to]) => [from, to]))].map(node),
    edges: parts.map(([from, kind, to]) => ({ from, kind, to })),
    truncated: false,
  };
}

function originsOf(of: LineageGraph, ...ids: string[]) {
  const { makers, evaluated } = lineageOrigins(of, ids);
  return [makers, evaluated].map(nodes => nodes.map(({ id }) => id));
}

describe('lineageOrigins', () => {
  const plain = graph(
    'version deployed production',
    'train input run',
    'test evaluated run',
    'run made version',
    'lake job test',
  );

  it('tells what made a node, the nearest first, from what it was evaluated on', () => {
    expect(originsOf(plain, 'production')).toEqual([
      ['version', 'run', 'train'],
      ['test', 'lake'],
    ]);
    expect(originsOf(plain, 'test')).toEqual([['lake'], []]);
    expect(originsOf(plain, 'gone')).toEqual([[], []]);
  });

  it('takes data that one version was trained on and another evaluated on for what made both', () => {
    const both = graph(
      'data input run1',
      'run1 made v1',
      'data evaluated run2',
      'run2 made v2',
    );
    expect(originsOf(both, 'v2')).toEqual([['run2'], ['data']]);
    expect(originsOf(both, 'v1', 'v2')).toEqual([['run1', 'run2', 'data'], []]);
  });

  it('believes the registry where events say only that data was read, under any name of it', () => {
    const found = graph(
      'run made version',
      'event same run',
      'run same event',
      'train input run',
      'test evaluated run',
      'place location test',
      'place input event',
      'test input run',
    );
    expect(originsOf(found, 'version')).toEqual([
      ['run', 'event', 'train'],
      ['test', 'place'],
    ]);
  });

  it('keeps another version of the data that was evaluated on among what made it', () => {
    const found = graph(
      'run made version',
      'loans version loans@1',
      'loans version loans@2',
      'loans@1 input run',
      'loans@2 evaluated run',
    );
    expect(originsOf(found, 'version')).toEqual([
      ['run', 'loans@1', 'loans'],
      ['loans@2'],
    ]);
  });

  it('comes to an end where nodes made each other', () => {
    const circle = graph('a input b', 'b made a', 'c evaluated a');
    expect(originsOf(circle, 'a')).toEqual([['b'], ['c']]);
  });
});

describe('onlyEvaluatedOn', () => {
  const evaluatedOn = (edges: string[], ...ids: string[]) =>
    [...onlyEvaluatedOn(graph(...edges).edges, ids)].sort();

  it('tells what was evaluated on data from what was made from them, with all that follows', () => {
    const edges = [
      'loans evaluated run1',
      'run1 made v1',
      'v1 deployed production',
      'loans input run2',
      'run2 made v2',
      'v2 deployed staging',
    ];
    expect(evaluatedOn(edges, 'loans')).toEqual(['production', 'run1', 'v1']);
    expect(evaluatedOn(edges, 'run1')).toEqual([]);
  });

  it('takes what was made from one of several and evaluated on another for made', () => {
    const edges = ['loans@1 input run', 'loans@2 evaluated run'];
    expect(evaluatedOn(edges, 'loans@1', 'loans@2')).toEqual([]);
    expect(evaluatedOn(edges, 'loans@2')).toEqual(['run']);
  });

  it('follows what prepared the data, and believes the registry where events say only that they were read', () => {
    const edges = [
      'lake input prepare',
      'prepare output place',
      'place location test',
      'place input run',
      'test evaluated run',
      'run made v1',
    ];
    expect(evaluatedOn(edges, 'lake')).toEqual(['run', 'v1']);
  });
});
