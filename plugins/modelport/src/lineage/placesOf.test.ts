import { LineageNode } from '@modelport/plugin-modelport-common';
import { placesOf, tellApart } from './placesOf';

function node(kind: LineageNode['kind'], id: string, name: string) {
  return { kind, id, name, version: null, entityRef: null, failed: false };
}

const LAKE = node('dataset', 'dataset:s3%3A%2F%2Flake/loans@d1', 'loans');
const OTHER = node('dataset', 'dataset:s3%3A%2F%2Fother/loans', 'loans');

describe('places of nodes', () => {
  it('are namespaces, datasets of columns, sources, and kinds of entities', () => {
    expect(placesOf(LAKE)).toEqual(['s3://lake']);
    expect(placesOf(node('feature', 'feature:pg/loans/age', 'age'))).toEqual([
      'loans',
      'pg/loans',
    ]);
    expect(placesOf(node('deployment', 'deployment:demo/m/p', 'p'))).toEqual([
      'demo',
    ]);
    expect(
      placesOf(node('consumer', 'consumer:x', 'component:default/scoring')),
    ).toEqual(['component:default']);
    expect(placesOf(node('run', 'run:1', '1'))).toEqual([]);
    expect(placesOf(node('dataset', 'dataset:%E0%A4%A/x', 'x'))).toEqual([
      '%E0%A4%A',
    ]);
  });

  it('tell nodes of one name apart by no more than that takes', () => {
    expect([...tellApart([LAKE, OTHER]).values()]).toEqual([
      's3://lake',
      's3://other',
    ]);
    const age = (of: string) => node('feature', `feature:${of}/age`, 'age');
    expect([
      ...tellApart([age('pg/loans'), age('pg/people')]).values(),
    ]).toEqual(['loans', 'people']);
    expect([...tellApart([age('pg/loans'), age('s3/loans')]).values()]).toEqual(
      ['pg/loans', 's3/loans'],
    );
    expect(tellApart([node('run', 'run:1', '1')])).toEqual(new Map());
  });
});
