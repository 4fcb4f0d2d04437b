import fc from 'fast-check';
import { AGE, KIND } from './__testUtils__/startMonitors';
import { countRows } from './countRows';
import { mergeCounts } from './ObservationCounts';

describe('counts of rows', () => {
  const row = fc.record({
    age: fc.oneof(
      fc.double({ min: -50, max: 200, noNaN: true }),
      fc.constantFrom(null, 'x', '12', 'Infinity', ''),
    ),
    kind: fc.constantFrom('a', 'b', 'c', null),
  });
  const counted = (rows: Array<Record<string, unknown>>) => ({
    rows: rows.length,
    columns: [AGE, KIND].map(column => countRows(column, rows)),
    performance: [],
  });

  it('of two parts together are those of all rows', () => {
    fc.assert(
      fc.property(fc.array(row), fc.array(row), (a, b) => {
        const [age, kind] = mergeCounts(counted(a), counted(b)).columns;
        const [wholeAge, wholeKind] = counted([...a, ...b]).columns;
        expect(kind).toMatchObject(wholeKind);
        expect(age).toEqual({
          ...wholeAge,
          categories: age.categories,
          unseen: age.unseen,
          mean: closeTo(wholeAge.mean),
          standardDeviation: closeTo(wholeAge.standardDeviation),
        });
      }),
    );
  });

  it('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(fc.array(row), rows => {
        expect(counted([...rows].reverse()).columns[1]).toEqual(
          counted(rows).columns[1],
        );
        expect(counted([...rows].reverse()).columns[0].counts).toEqual(
          counted(rows).columns[0].counts,
        );
      }),
    );
  });
});

function closeTo(value: unknown): unknown {
  return typeof value === 'number' ? expect.closeTo(value, 6) : value;
}
