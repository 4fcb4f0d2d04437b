import { layeredLayout } from './layeredLayout';

const columnsOf = (ids: string[], pairs: string[]) =>
  Object.fromEntries(
    [
      ...layeredLayout(
        ids,
        pairs.map(pair => ({ from: pair[0], to: pair[1] })),
      ),
    ].map(([id, { column }]) => [id, column]),
  );

describe('layeredLayout', () => {
  it('puts a node right of all that leads to it', () => {
    expect(columnsOf(['d', 'a', 'b', 'c'], ['ab', 'bc', 'ac', 'cd'])).toEqual({
      a: 0,
      b: 1,
      c: 2,
      d: 3,
    });
  });

  it('cuts circles, and leaves out edges to nowhere', () => {
    expect(columnsOf(['a', 'b', 'c'], ['ab', 'bc', 'ca', 'aa', 'ax'])).toEqual({
      a: 0,
      b: 1,
      c: 2,
    });
  });

  it('puts neighbours into near rows, and no two nodes in one place', () => {
    const places = layeredLayout(
      ['a', 'b', 'x', 'y'],
      [
        { from: 'a', to: 'y' },
        { from: 'b', to: 'x' },
      ],
    );
    expect(places.get('a')?.row).toBe(places.get('y')?.row);
    expect(places.get('b')?.row).toBe(places.get('x')?.row);
    expect(new Set([...places.values()].map(p => JSON.stringify(p))).size).toBe(
      4,
    );
  });

  it('takes a chain of thousands', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `${index}`);
    const places = layeredLayout(
      ids,
      ids.slice(1).map((to, index) => ({ from: ids[index], to })),
    );
    expect(places.get('4999')).toEqual({ column: 4999, row: 0 });
  });
});
