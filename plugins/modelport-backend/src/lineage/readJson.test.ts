import { readJson } from './readJson';

describe('readJson', () => {
  it.each([
    ['[NaN]', /no JSON.*NaN/],
    ['{"a": Infinity}', /no JSON/],
    ['{"a": 1', /no JSON/],
    ['', /no JSON/],
    ['['.repeat(10_000) + ']'.repeat(10_000), /more than 100 levels/],
    ['{"a":'.repeat(200_000), /more than 100 levels deep at character 500/],
  ])('refuses bad JSON and says why', (text, message) => {
    expect(() => readJson(Buffer.from(text))).toThrow(message);
  });

  it('refuses what is no UTF-8', () => {
    expect(() => readJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow('UTF-8');
  });

  it('counts no brackets in strings', () => {
    const value = { a: '[{"\\'.repeat(1000) };
    expect(readJson(Buffer.from(JSON.stringify(value)))).toEqual(value);
  });
});
