import { checkPath } from './checkPath';

describe('checkPath', () => {
  it.each([
    ['', ''],
    ['model', 'model'],
    ['model/', 'model'],
    ['a b/ü.txt', 'a b/ü.txt'],
    ['100%/x', '100%/x'],
    ['..a/b..', '..a/b..'],
    ['ab:c/d', 'ab:c/d'],
  ])('takes %j', (path, clean) => {
    expect(checkPath(path)).toBe(clean);
  });

  it.each([
    '..',
    '../x',
    'a/../../x',
    'a/./b',
    'a//b',
    '/etc/passwd',
    '\\etc',
    'a\\..\\b',
    '%2e%2e/x',
    '%252e%252e%252fx',
    'a%2f..%2f..',
    'c:/x',
    'file:/etc/passwd',
    's3://bucket/x',
    'a\0b',
  ])('refuses %j', path => {
    expect(() => checkPath(path)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});
