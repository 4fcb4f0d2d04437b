import { groupColumns, groupContributions } from './groupColumns';

const FEATURES = [
  { name: 'own', group: 'housing' },
  { name: 'income', group: null },
  { name: 'rent', group: 'housing' },
];

it('sums the features of a group, row by row, and leaves the others as they are', () => {
  expect(
    groupContributions(
      { own: 0.5, income: 2, rent: -0.75, other: 1 },
      FEATURES,
    ),
  ).toEqual({ housing: -0.25, income: 2, other: 1 });
  const income = {
    feature: 'income',
    contributions: [2, 3],
    values: [10, null],
    categories: [],
  };
  expect(
    groupColumns(
      [
        {
          feature: 'own',
          contributions: [0.5, 1],
          values: [1, 0],
          categories: [],
        },
        income,
        {
          feature: 'rent',
          contributions: [-0.75, 1],
          values: [0, 1],
          categories: ['no', 'yes'],
        },
      ],
      FEATURES,
    ),
  ).toEqual([
    {
      feature: 'housing',
      contributions: [-0.25, 2],
      values: [null, null],
      categories: [],
    },
    income,
  ]);
});
