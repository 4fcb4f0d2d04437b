import { cohorts, median } from './splitRows';

it('takes the middle of the numbers that there are, the upper one of two', () => {
  expect(median([3, null, 1, 2])).toBe(2);
  expect(median([4, 1])).toBe(4);
  expect(median([null])).toBe(0);
});

it('counts the fewest rows that tell two groups apart, or one of them from all rows', () => {
  const values = Array.from({ length: 20 }, (_, place) => place);
  const columns = [
    { feature: 'age', contributions: values, values, categories: [] },
  ];
  const apart = (first: string, second: string) =>
    cohorts(columns, values.length, first, second).fewestApart;
  expect(apart('age < 8', '')).toBe(8);
  expect(apart('age < 19', '')).toBe(1);
  // By the one row that the second has more.
  expect(apart('age < 10', 'age < 11')).toBe(1);
  // By the two rows that are in neither.
  expect(apart('age < 10', 'age >= 12')).toBe(2);
  const { groups } = cohorts(columns, 20, 'age < 2', 'age >= 15');
  expect(groups.map(group => group.rows)).toEqual([2, 5]);
  expect(groups[0].meanAbs.get('age')).toBe(0.5);
});
