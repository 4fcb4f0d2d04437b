import { canonicalJson } from './canonicalJson';

describe('canonicalJson', () => {
  it.each([
    [
      '{"b":1,"a":{"d":[{"z":1,"y":2}],"c":null}}',
      '{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}',
    ],
    ['{"a":1,"b":[1,2.50,"x",true,null]}', '{"a":1,"b":[1,2.5,"x",true,null]}'],
    ['{"10":1,"9":2,"a":3}', '{"9":2,"10":1,"a":3}'],
    ['{"b":1,"__proto__":{"x":1}}', '{"__proto__":{"x":1},"b":1}'],
    ['[]', '[]'],
    ['"\\ud800"', '"\\ud800"'],
  ])('writes %s in one order', (text, expected) => {
    expect(canonicalJson(JSON.parse(text))).toBe(expected);
  });

  it('leaves what it is given as it is', () => {
    const given = { b: { d: 1, c: 2 }, a: 1 };
    canonicalJson(given);
    expect(Object.keys(given)).toEqual(['b', 'a']);
    expect(Object.keys(given.b)).toEqual(['d', 'c']);
  });
});
