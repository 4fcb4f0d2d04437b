import { toCsv } from './csv';

describe('toCsv', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-cmd', "'-cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', `"'\tx"`],
    ['x;=1+1', '"x;=1+1"'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    [-0.5, '-0.5'],
    [null, ''],
    [false, 'false'],
  ])('writes %j as %s', (cell, expected) => {
    expect(toCsv([[cell]])).toBe(`${expected}\r\n`);
  });
});
