import { median } from './splitRows';

it('takes the middle of the numbers that there are, the upper one of two', () => {
  expect(median([3, null, 1, 2])).toBe(2);
  expect(median([4, 1])).toBe(4);
  expect(median([null])).toBe(0);
});
