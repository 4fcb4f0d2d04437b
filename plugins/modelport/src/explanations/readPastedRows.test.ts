import { readPastedRows } from './readPastedRows';

const FEATURES = ['income', 'age', 'trade'];
const CATEGORIES = { trade: ['baker', 'smith, iron'] };

function read(text: string) {
  return readPastedRows(text, FEATURES, CATEGORIES);
}

describe('pasted rows', () => {
  const expected = {
    rows: [{ income: '3200.5', age: '', trade: 'baker' }],
    unknown: ['id'],
    absent: [],
  };

  it.each([
    ['JSON', '{"income": 3200.5, "age": null, "trade": "baker", "id": 7}'],
    [
      'JSON of several',
      '[{"id":7,"income":"3200.5","trade":"baker","age":""}]',
    ],
    ['CSV', 'id,income,age,trade\r\n7,3200.5,,baker\r\n'],
    ['a spreadsheet', 'trade\tage\tincome\tid\nbaker\tNaN\t3200.5\t7'],
    ['semicolons', 'id;trade;age;income\n7;baker;null;3200.5\n\n'],
  ])('as %s', (_form, text) => {
    expect(read(text)).toEqual(expected);
  });

  it('says which features are not there, and counts them as missing', () => {
    expect(read('age,trade\n1,"smith, iron"\n2,\n')).toEqual({
      rows: [
        { income: '', age: '1', trade: 'smith, iron' },
        { income: '', age: '2', trade: '' },
      ],
      unknown: [],
      absent: ['income'],
    });
  });

  it('takes true for 1, as the model does', () => {
    expect(read('{"income": true}').rows[0].income).toBe('1');
  });

  it.each([
    ['', 'There is no row'],
    ['income,age', 'There is no row'],
    ['{"income": 1', 'This begins as JSON but is none'],
    ['[1]', 'Row 1: expected an object by feature'],
    ['a,b\n1,2', 'None of a, b is a feature of the model'],
    ['income,age\n1', 'Row 1 has 1 cells, the heading has 2'],
    ['income\n1\n1,5', 'Row 2 has 2 cells, the heading has 1'],
    ['{"income": "much"}', 'Row 1: "income": "much" is no number'],
    ['{"income": [1]}', 'Row 1: "income": "[1]" is no number'],
    ['{"trade": "cook"}', '"trade" has no category "cook"; expected one of'],
    [`age\n${'1\n'.repeat(1001)}`, 'There are 1001 rows; at most 1000'],
  ])('refuses %j', (text, why) => {
    expect(() => read(text)).toThrow(why);
  });
});
