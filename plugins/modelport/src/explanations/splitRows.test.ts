import { median, splitRows } from './splitRows';

describe('splitRows', () => {
  it('takes rows below a bound and from it on, and leaves out those without the value', () => {
    const columns = [
      {
        feature: 'a',
        values: [1, 2, 3, null],
        contributions: [1, -3, 5, 100],
        categories: [],
      },
      {
        feature: 'b',
        values: [0, 0, 0, 0],
        contributions: [0, 2, 4, 100],
        categories: [],
      },
    ];
    const { below, above } = splitRows({ columns }, 'a', 3);
    expect(below.rows).toBe(2);
    expect(Object.fromEntries(below.meanAbs)).toEqual({ a: 2, b: 1 });
    expect(above.rows).toBe(1);
    expect(Object.fromEntries(above.meanAbs)).toEqual({ a: 5, b: 4 });
    expect(median([3, null, 1, 2])).toBe(2);
  });
});
