import { ownLines, plainText } from './plainText';

const auc = {
  key: 'AUC',
  value: 0.9,
  dataset: 'june',
  slice: null,
  decimals: 2,
};

it('writes metrics, columns, lists and maps in lines', () => {
  expect(plainText([auc, { key: 'loss', value: 'NaN', slice: 'young' }])).toBe(
    'AUC 0.9, dataset june\nloss NaN, slice young',
  );
  expect(plainText([{ name: 'age', type: 'long' }])).toBe('age long');
  expect(plainText({ depth: '4' })).toBe('depth: 4');
  expect(plainText(['a', 'b'])).toBe('a\nb');
  expect(plainText(0.91)).toBe('0.91');
  expect(plainText(0.1 + 0.2)).toBe('0.3');
  expect(plainText([{ ...auc, value: 0.1 + 0.2 }])).toBe(
    'AUC 0.3, dataset june',
  );
  expect(plainText(null)).toBe('');
});

it('leaves out the lines that another list or map has too', () => {
  expect(
    ownLines({ depth: '4', seed: '1' }, { depth: '5', seed: '1' }),
  ).toEqual(['depth: 4']);
  expect(ownLines([auc], [{ ...auc, decimals: 3 }])).toEqual([]);
  expect(ownLines('text', 'another text')).toEqual(['text']);
  expect(ownLines(['a'], undefined)).toEqual(['a']);
});
