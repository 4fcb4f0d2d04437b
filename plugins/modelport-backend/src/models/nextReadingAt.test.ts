import { nextReadingAt } from './nextReadingAt';

describe('nextReadingAt', () => {
  it.each([
    [1, '1970-01-01T01:00:00.000Z'],
    [2, '1970-01-01T06:00:00.000Z'],
    [3, '1970-01-02T00:00:00.000Z'],
    [40, '1970-01-02T00:00:00.000Z'],
  ])('after %d attempts is %s', (attempts, at) => {
    expect(nextReadingAt(attempts, 0)).toBe(at);
  });
});
