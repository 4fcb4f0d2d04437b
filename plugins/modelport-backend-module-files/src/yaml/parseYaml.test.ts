import { parseYaml } from './parseYaml';

describe('parseYaml', () => {
  it('keeps every scalar as it was written', () => {
    expect(
      parseYaml(
        'version: 1.10\ncommit: 0123e45\nzero: 007\nflag: true\nnone:\ntilde: ~\nquoted: "null"',
      ).value,
    ).toEqual({
      version: '1.10',
      commit: '0123e45',
      zero: '007',
      flag: 'true',
      none: null,
      tilde: null,
      quoted: 'null',
    });
  });

  it('reads JSON', () => {
    expect(parseYaml('{"a": ["x", 3], "b": null}').value).toEqual({
      a: ['x', '3'],
      b: null,
    });
  });

  it('resolves a few aliases and constructs nothing for tags', () => {
    expect(
      parseYaml('a: &x [1]\nb: *x\nc: !!python/object:os.system ls').value,
    ).toEqual({ a: ['1'], b: ['1'], c: 'ls' });
  });

  it('tells lines', () => {
    const file = parseYaml('a: 1\nb:\n  - x: 2\n    "y.z": 3\n');
    expect(file.lineOf(['b', 0, 'y.z'])).toBe(4);
    expect(file.lineOf(['b', 7])).toBeUndefined();
  });

  it.each([
    ['a syntax error', 'a: 1\nb: [', /not readable as YAML: .*\(line 2\)/],
    ['two documents', 'a: 1\n---\nb: 2', /not readable as YAML/],
    [
      'a repeated key',
      'a: 1\nb: 2\na: 3',
      "the key 'a' is there twice (line 3)",
    ],
    ['a nested repeated key', 'a:\n  b: 1\n  b: 2', /'b' is there twice/],
    ['a prototype', '__proto__:\n  x: 1', /'__proto__' can't be a key/],
    ['a key that is a list', '? [a]\n: 1', /expected keys that are text/],
    ['an unknown alias', 'a: *nowhere', /aliases can't be resolved/],
    ['deep nesting', `a: ${'['.repeat(100_000)}`, /not readable as YAML/],
    ['too much', `a: ${'x'.repeat(3_000_000)}`, /expected at most/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseYaml(text)).toThrow(message);
  });

  it('refuses aliases that unfold into billions', () => {
    const names = 'abcdefghi'.split('');
    const lines = names.map((name, index) => {
      const items = Array(9).fill(index ? `*${names[index - 1]}` : 'lol');
      return `${name}: &${name} [${items.join(', ')}]`;
    });
    expect(() => parseYaml(lines.join('\n'))).toThrow('unfold into too much');
  });

  it('takes time in proportion to the number of keys', () => {
    const keys = (count: number) =>
      `m: {${Array.from({ length: count }, (_, i) => `k${i}: 1`).join(', ')}}`;
    const started = performance.now();
    parseYaml(keys(50_000));
    // Comparing each key with each other one takes most of a minute.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
