import { parseCsv } from './parseCsv';

describe('parseCsv', () => {
  it.each<[string, Parameters<typeof parseCsv>[1], string[][]]>([
    [
      'a,b\n1,2',
      {},
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\uFEFFa,b\r\n\r\n1,2\r\n',
      {},
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a,"b,""c""\nd"\n', {}, [['a', 'b,"c"\nd']]],
    ['a;b,c\n', { delimiter: ';' }, [['a', 'b,c']]],
    ['a\nb\nc', { isCut: true }, [['a'], ['b']]],
    ['a\nb\n"c', { isCut: true }, [['a'], ['b']]],
    ['a\nb\nc\n', { most: 2 }, [['a'], ['b']]],
    ['a\nb\n"c', { most: 2 }, [['a'], ['b']]],
    ['', {}, []],
  ])('reads %j with %j', (text, options, rows) => {
    expect(parseCsv(text, options)).toEqual(rows);
  });

  it('refuses a quote that is never closed', () => {
    expect(() => parseCsv('a,"b\n')).toThrow('A quote is never closed');
  });
});
