import { callOf } from './callOf';

const same = { comparability: 'same' as const, delta: 0.05 };
const above = { lower: 0.01, upper: 0.09 };
const below = { lower: -0.09, upper: -0.01 };

describe('callOf', () => {
  it('calls a winner where the interval leaves out 0, by the direction', () => {
    expect(callOf(same, 'higher', above)).toBe('better');
    expect(callOf(same, 'higher', below)).toBe('worse');
    expect(callOf(same, 'lower', above)).toBe('worse');
    expect(callOf(same, 'lower', below)).toBe('better');
    expect(callOf(same, null, above)).toBe('noDirection');
  });

  it.each([
    { lower: -0.01, upper: 0.11 },
    { lower: 0, upper: 0.1 },
    { lower: -0.1, upper: 0 },
  ])('calls none where the interval holds 0: %j', onRows => {
    expect(callOf(same, 'higher', onRows)).toBe('open');
  });

  it('calls none without an interval, however far apart the figures are', () => {
    expect(callOf({ ...same, delta: 100 }, 'higher', undefined)).toBe(
      'noInterval',
    );
    expect(callOf({ ...same, delta: 0 }, 'higher', undefined)).toBe('equal');
  });

  it.each(['different', 'unknown'] as const)(
    'calls by rows alone where comparability is %s',
    comparability => {
      const value = { ...same, comparability };
      expect(callOf(value, 'higher', undefined)).toBe(comparability);
      expect(callOf(value, 'higher', above)).toBe('better');
      expect(callOf(value, 'higher', below)).toBe('worse');
    },
  );
});
