import fc from 'fast-check';
import { matchesPattern } from './matchesPattern';

it.each([
  ['service:*', 'service:ci', true],
  ['service:*', 'push-token:1', false],
  ['*', '', true],
  ['', '', true],
  ['a', 'ab', false],
  ['a*a', 'a', false],
  ['a*b*a', 'aba', true],
  ['a*b*b', 'ab', false],
  ['*.*', 'a\nb.c', true],
  ['.+', 'ab', false],
])('finds of %j that %j fits: %s', (pattern, value, fits) => {
  expect(matchesPattern(pattern, value)).toBe(fits);
});

it('finds what a regular expression finds', () => {
  const text = fc.stringMatching(/^[ab]{0,8}$/);
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      text,
      (parts, value) => {
        const expected = new RegExp(`^${parts.join('.*')}$`).test(value);
        expect(matchesPattern(parts.join('*'), value)).toBe(expected);
      },
    ),
    { numRuns: 2_000 },
  );
});

it('is done at once with a pattern that makes others look for ever', () => {
  const pattern = `${'*a'.repeat(100)}!`;
  expect(matchesPattern(pattern, 'a'.repeat(10_000))).toBe(false);
});
