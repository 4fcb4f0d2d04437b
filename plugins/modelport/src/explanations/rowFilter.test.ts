import { readRowFilter, RowFilterError } from './rowFilter';
import { cohorts } from './splitRows';

const COLUMNS = [
  {
    feature: 'age',
    values: [20, 30, 40, null],
    contributions: [1, -3, 5, 100],
    categories: [],
  },
  {
    feature: 'loan purpose',
    values: [0, 1, 0, 1],
    contributions: [0, 2, 4, 100],
    categories: ['car', 'new and used'],
  },
];

function rowsOf(filter: string): number[] {
  const holds = readRowFilter(filter, COLUMNS);
  return [0, 1, 2, 3].filter(holds);
}

describe('a filter of rows', () => {
  it.each<[string, number[]]>([
    ['age >= 30', [1, 2]],
    ['age<30', [0]],
    ['age != 30', [0, 2]],
    ['age is missing', [3]],
    ['"loan purpose" = car', [0, 2]],
    ['"loan purpose" = "new and used" and age > 20', [1]],
    ['age is not missing', [0, 1, 2]],
    ['age < 30 or age is missing', [0, 3]],
    ['age > 20 and "loan purpose" = car or age = 20', [0, 2]],
    ['age = 20 or age > 20 and "loan purpose" = "new and used"', [0, 1]],
    ['(age = 20 or age > 20) and "loan purpose" = "new and used"', [1]],
    ['age > 20 and("loan purpose" = car or (age = 30))', [1, 2]],
    ['((age > 30))', [2]],
  ])('%s', (filter, expected) => {
    expect(rowsOf(filter)).toEqual(expected);
  });

  it.each<[string, RowFilterError['reason'], string]>([
    ['', 'unreadable', ''],
    ['age', 'unreadable', 'age'],
    ['AGE = 1', 'noFeature', 'AGE'],
    ['age = 1 or', 'unreadable', 'age = 1 or'],
    ['age is not', 'unreadable', 'age is not'],
    ['age >= x', 'unreadable', 'age >= x'],
    ['age = ""', 'unreadable', 'age = ""'],
    ['((age > 1)', 'unreadable', '(age > 1'],
    ['(age > 1) or age < 3)', 'unreadable', 'age < 3)'],
    ['()', 'unreadable', ''],
    ['height > 1', 'noFeature', 'height'],
    ['"loan purpose" > car', 'unreadable', '"loan purpose" > car'],
    ['"loan purpose" = boat', 'noValue', 'boat'],
    ['"loan purpose" != boat', 'noValue', 'boat'],
  ])('refuses “%s”', (filter, reason, what) => {
    expect(() => rowsOf(filter)).toThrow(new RowFilterError(reason, what));
  });

  it('parts rows into groups; the others where there is one filter alone', () => {
    const {
      groups: [first, second],
    } = cohorts(COLUMNS, 4, 'age >= 30', '');
    expect(first.rows).toBe(2);
    expect(Object.fromEntries(first.meanAbs)).toEqual({
      age: 4,
      'loan purpose': 3,
    });
    expect(second.rows).toBe(2);
    const {
      groups: [, other],
    } = cohorts(COLUMNS, 4, 'age >= 30', 'age < 30');
    expect(other.rows).toBe(1);
    expect(Object.fromEntries(other.meanAbs)).toEqual({
      age: 1,
      'loan purpose': 0,
    });
  });
});
