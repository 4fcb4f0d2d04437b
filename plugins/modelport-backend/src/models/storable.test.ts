import { isStorable, storable, storableAll } from './storable';

describe('storable', () => {
  it.each(['a\0b', 'a\ud800b', '\udc00'])('replaces %j', text => {
    expect(isStorable(text)).toBe(false);
    expect(storable(text)).toBe(text.replace(/[^ab]/g, '\uFFFD'));
  });

  it('leaves whole characters as they are', () => {
    expect(isStorable('é 🙂 \uFFFD')).toBe(true);
    expect(storable('é 🙂 \uFFFD')).toBe('é 🙂 \uFFFD');
  });

  it('looks into lists and objects, at their keys too', () => {
    expect(
      storableAll({
        'm\0': [NaN, 'x\ud800', { deep: 'r\0' }],
        none: null,
        fine: '🙂',
      }),
    ).toEqual({
      'm\uFFFD': [NaN, 'x\uFFFD', { deep: 'r\uFFFD' }],
      none: null,
      fine: '🙂',
    });
  });

  it('gives back the very thing where nothing is to be done', () => {
    const value = { a: ['b', 1, undefined] };
    expect(storableAll(value)).toBe(value);
  });
});
