import { quantileEdges } from '@modelport/plugin-modelport-common';
import fc from 'fast-check';
import { shapeOf } from './shapeOf';

const numbers = fc.array(
  fc.oneof(
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
    fc.integer({ min: -3, max: 3 }),
  ),
  { minLength: 1, maxLength: 3_000, size: 'max' },
);

describe('the shape of a column', () => {
  it('has the deciles of its sorted values, whatever they are', () => {
    fc.assert(
      fc.property(numbers, values => {
        const { deciles, distinct, n } = shapeOf(Float64Array.from(values));
        expect(n).toBe(values.length);
        const expected = quantileEdges(Float64Array.from(values).sort());
        expect(deciles).toHaveLength(expected.length);
        for (const [at, edge] of deciles.entries()) {
          expect(edge).toBeCloseTo(expected[at], 6);
        }
        const all = [...new Set(values.map(value => value + 0))];
        expect(distinct).toEqual(
          all.length <= 20 ? all.sort((a, b) => a - b) : null,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('takes no longer for values that are sorted, or all the same', () => {
    const n = 200_000;
    const sorted = Float64Array.from({ length: n }, (_, at) => at);
    expect(shapeOf(sorted.slice()).deciles).toEqual(
      Array.from({ length: 11 }, (_, at) =>
        expect.closeTo((at / 10) * (n - 1), 6),
      ),
    );
    expect(shapeOf(sorted.slice().reverse()).deciles[5]).toBeCloseTo(
      (n - 1) / 2,
      6,
    );
    expect(shapeOf(new Float64Array(n).fill(7))).toEqual({
      n,
      deciles: [7],
      masses: [7],
      distinct: [7],
    });
  });

  it('of nothing is nothing', () => {
    expect(shapeOf(new Float64Array(0))).toEqual({
      n: 0,
      deciles: [],
      masses: [],
      distinct: [],
    });
  });
});
